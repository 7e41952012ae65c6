import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../shared/database.types.ts';
import type { SmsProvider } from '../../../shared/sms/provider.ts';
import { stored } from '../_shared/stored.ts';
import type { ClaimedMessage, PreviewedReminder } from './claimed-message.ts';
import type { Clock } from './clock.ts';
import type { Settings } from './configuration.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared, Problem } from './prepare.ts';
import { IDEMPOTENT_PROVIDERS } from './provider-settings.ts';
import type { Counts } from './tally.ts';

/** What is to be sent, or why it cannot be; null when no visit is left. */
export type Draft = { ok: true; message: Prepared } | { ok: false; problem: Problem | null };

const PREVIEW_LIMIT = 500;

/** Planning goes through all salons; the other calls take a few milliseconds. */
const DATABASE_TIMEOUT_MS = 15_000;

/** What a call planned, and after which salon the next call goes on, if it has to. */
export type Planned = {
  planned: number;
  skipped: number;
  broken: number;
  next_after: string | null;
};

/** The database's side of a run: one method a function of it. None of them throws. */
export type Outbox = ReturnType<typeof createOutbox>;

/** Talks to the database with the clock of a run, for one provider. */
export function createOutbox(
  client: SupabaseClient<Database>,
  provider: Pick<SmsProvider, 'name'>,
  clock: Clock,
  { batch, leaseSeconds, onAmbiguous }: Pick<Settings, 'batch' | 'leaseSeconds' | 'onAmbiguous'>,
) {
  const atThatTime = () => {
    const time = clock.override();
    return time === null ? {} : { p_now: time };
  };
  const timeout = () => AbortSignal.timeout(DATABASE_TIMEOUT_MS);

  return {
    /** Notes that a run begins, in real time as all of its record; returns its id. */
    startRun: () =>
      stored<string>(
        client.rpc('sms_start_run', { p_provider: provider.name }).abortSignal(timeout()),
      ),

    /** Notes how it ended. */
    finishRun: (runId: string, counts: Counts, code: string | null) =>
      stored<unknown>(
        client.rpc('sms_finish_run', {
          p_run_id: runId,
          p_counts: counts,
          ...(code === null ? {} : { p_error: code }),
        }).abortSignal(timeout()),
      ),

    /** Takes back what earlier runs left behind. */
    sweep: () =>
      stored<unknown>(
        client.rpc('sms_sweep', {
          p_idempotent_providers: [...IDEMPOTENT_PROVIDERS],
          ...atThatTime(),
        }).abortSignal(timeout()),
      ),

    /** Makes messages of the reminders that are due, from the salon after that one on. */
    plan: (after: string | null) =>
      stored<Planned>(
        client.rpc('sms_plan', { ...(after === null ? {} : { p_after: after }), ...atThatTime() })
          .abortSignal(timeout()).single(),
      ),

    /** Leases messages that are due to this run. */
    claim: () =>
      stored<ClaimedMessage[]>(
        client.rpc('sms_claim', {
          p_provider: provider.name,
          p_limit: batch,
          p_lease: `${leaseSeconds} seconds`,
          ...atThatTime(),
        }).abortSignal(timeout()),
      ),

    /** Asks for leave to send, which only the answer `go` is. */
    beginDispatch: ({ message_id, lease_token }: ClaimedMessage, draft: Draft) =>
      stored<string>(
        client.rpc('sms_begin_dispatch', {
          p_message_id: message_id,
          p_lease_token: lease_token,
          ...draftArguments(draft),
          ...atThatTime(),
        }).abortSignal(timeout()),
      ),

    /** Notes what came of it, and ends the lease. */
    settle: ({ message_id, lease_token }: ClaimedMessage, outcome: Outcome) =>
      stored<string>(
        client.rpc('sms_settle', {
          p_message_id: message_id,
          p_lease_token: lease_token,
          p_on_ambiguous: onAmbiguous,
          ...outcome,
          ...atThatTime(),
        }).abortSignal(timeout()),
      ),

    /** What a run would plan; nothing is written. */
    preview: () =>
      stored<PreviewedReminder[]>(
        client.rpc('sms_preview', { p_limit: PREVIEW_LIMIT, ...atThatTime() })
          .abortSignal(timeout()),
      ),
  };
}

function draftArguments(draft: Draft) {
  if (!draft.ok) return draft.problem === null ? {} : { p_problem: draft.problem };
  const { phone, body, encoding, segments } = draft.message;
  return { p_phone: phone, p_body: body, p_encoding: encoding, p_segments: segments };
}
