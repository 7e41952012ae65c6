import {
  callForRow,
  callFunction,
  callingOnce,
  type DataApiClient,
  type DatabaseResult,
  type FunctionArguments,
  type FunctionName,
} from '../_shared/rpc.ts';
import { type ClaimedMessage, readMessage, readPreviewed } from './claimed-message.ts';
import type { Clock } from './clock.ts';
import type { Settings } from './configuration.ts';
import type { Counts } from './counts.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared, Problem } from './prepare.ts';
import type { SmsProvider } from './providers/provider.ts';
import { IDEMPOTENT_PROVIDERS } from './providers/settings.ts';

/** What is to be sent, or why it cannot be; the problem is null when no appointment is left. */
export type Draft = { ok: true; message: Prepared } | { ok: false; problem: Problem | null };

const PREVIEW_LIMIT = 500;

/** Planning goes through all salons; the other calls take a few milliseconds. */
const DATABASE_TIMEOUT_MS = 15_000;

/** The database functions that a run calls, one method each. None of them throws. */
export type Outbox = ReturnType<typeof createOutbox>;

/** Talks to the database with the clock of a run, for one provider. */
export function createOutbox(
  client: DataApiClient,
  provider: Pick<SmsProvider, 'name'>,
  clock: Clock,
  { batch, leaseSeconds, onAmbiguous }: Pick<Settings, 'batch' | 'leaseSeconds' | 'onAmbiguous'>,
) {
  const once = callingOnce(client);
  const p_now = () => clock.override();
  const call = <Name extends FunctionName>(name: Name, args: FunctionArguments<Name>) =>
    callFunction(once, name, args, DATABASE_TIMEOUT_MS);

  return {
    /** Records the start of a run, in real time like all of its record; returns its id. */
    startRun: () => call('sms_start_run', { p_provider: provider.name }),

    /** Records how it ended. */
    finishRun: (
      runId: string,
      counts: Counts,
      code: string | null,
    ): Promise<DatabaseResult<unknown>> =>
      call('sms_finish_run', { p_run_id: runId, p_counts: counts, p_error: code }),

    /** Takes messages back from runs that ended early, and ends those that are too late. */
    recoverAndExpire: (): Promise<DatabaseResult<unknown>> =>
      call('sms_recover_and_expire', {
        p_idempotent_providers: [...IDEMPOTENT_PROVIDERS],
        p_now: p_now(),
      }),

    /** Plans the due reminders of all salons after that one. */
    plan: (after: string | null) =>
      callForRow(once, 'sms_plan', { p_after: after, p_now: p_now() }, DATABASE_TIMEOUT_MS),

    /** Claims due messages for this run. */
    claim: async () => {
      const claimed = await call('sms_claim', {
        p_provider: provider.name,
        p_limit: batch,
        p_lease: `${leaseSeconds} seconds`,
        p_now: p_now(),
      });
      return claimed.ok ? { ...claimed, value: claimed.value.map(readMessage) } : claimed;
    },

    /** Asks whether the message may be sent; only the answer `go` allows it. */
    beginDispatch: ({ message_id, lease_token }: ClaimedMessage, draft: Draft) =>
      call('sms_begin_dispatch', {
        p_message_id: message_id,
        p_lease_token: lease_token,
        ...draftArguments(draft),
        p_now: p_now(),
      }),

    /** Records the outcome, and ends the lease. */
    settle: ({ message_id, lease_token }: ClaimedMessage, outcome: Outcome) =>
      call('sms_settle', {
        p_message_id: message_id,
        p_lease_token: lease_token,
        p_on_ambiguous: onAmbiguous,
        ...outcome,
        p_now: p_now(),
      }),

    /** What a run would plan; nothing is written. */
    preview: async () => {
      const due = await call('sms_preview', { p_limit: PREVIEW_LIMIT, p_now: p_now() });
      return due.ok ? { ...due, value: due.value.map(readPreviewed) } : due;
    },
  };
}

function draftArguments(draft: Draft) {
  if (!draft.ok) return { p_problem: draft.problem };
  const { phone, keptBody, encoding, segments } = draft.message;
  return { p_phone: phone, p_body: keptBody, p_encoding: encoding, p_segments: segments };
}
