import type {
  SendResult,
  SmsProvider,
} from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import type { ClaimedMessage } from '../../../supabase/functions/sms-reminders/claimed-message.ts';
import { createClock } from '../../../supabase/functions/sms-reminders/clock.ts';
import type { Outcome } from '../../../supabase/functions/sms-reminders/outcome.ts';
import type { RunDeps } from '../../../supabase/functions/sms-reminders/run.ts';

export const NOW = new Date('2026-11-23T16:00:00Z');
export const ACCEPTED: SendResult = { kind: 'accepted', providerMessageId: null };

export function message(id: string, changes: Partial<ClaimedMessage> = {}): ClaimedMessage {
  return {
    message_id: id,
    lease_token: `lease of ${id}`,
    was_unknown: false,
    salon_name: 'Psia Łapa',
    salon_address: null,
    salon_phone: null,
    timezone: 'Europe/Warsaw',
    template: 'Wizyta {{when}} o {{appointments}}. {{salon}}',
    language: 'pl',
    transliterate: true,
    max_segments: 2,
    client_name: 'Zofia',
    phone: '+48600100200',
    appointments: [{ startTime: '2026-11-24T13:00:00Z', pet: 'Reksio' }],
    sender: null,
    not_after: '2026-11-24T11:00:00Z',
    sent_to: null,
    sent_body: null,
    sent_since: null,
    allowed_links: [],
    link_token: 'abcdefghijkm',
    ...changes,
  };
}

export function messages(count: number): ClaimedMessage[] {
  return Array.from({ length: count }, (_, i) => message(`m${i}`));
}

/** A database that returns these batches, allows everything and records the calls. */
export function createDatabase(batches: ClaimedMessage[][]) {
  const settled: Record<string, Outcome> = {};
  const begun: string[] = [];
  const finished: unknown[] = [];
  const yes = <Value>(value: Value) => Promise.resolve({ ok: true as const, value });
  const outbox: RunDeps['outbox'] = {
    recoverAndExpire: () => yes(null),
    plan: () => yes({ planned: 1, skipped: 2, broken: 0, next_after: null }),
    claim: () => yes(batches.shift() ?? []),
    beginDispatch: ({ message_id }) => {
      begun.push(message_id);
      return yes('go');
    },
    settle: ({ message_id }, outcome) => {
      settled[message_id] = outcome;
      return yes(outcome.p_outcome === 'accepted' ? 'sent' : 'unknown');
    },
    finishRun: (...report) => {
      finished.push(report);
      return yes(null);
    },
  };
  return { outbox, settled, begun, finished };
}

export function provider(send: SmsProvider['send'], more: Partial<SmsProvider> = {}): SmsProvider {
  return { name: 'twilio', idempotent: false, send, ...more };
}

export function deps(outbox: RunDeps['outbox'], changes: Partial<RunDeps> = {}): RunDeps {
  return {
    outbox,
    provider: provider(() => Promise.resolve(ACCEPTED)),
    clock: createClock(NOW, () => NOW.getTime()),
    countries: ['PL'],
    linkUrl: null,
    runBudgetMs: 60_000,
    runLimit: 250,
    plans: { after: null },
    concurrency: 5,
    elapsedMs: () => 0,
    wait: () => Promise.resolve(),
    ...changes,
  };
}

export const refused = <Value>() => Promise.resolve({ ok: false as const, code: '57014' } as Value);
