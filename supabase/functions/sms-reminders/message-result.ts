import type { Enums } from '../../../shared/database.types.ts';

/** What became of one claimed message in this run. */
export type MessageResult = 'sent' | 'retried' | 'failed' | 'unknown' | 'dropped';

/** A message that is sent later counts as retried. */
const WHEN_NOT_SENT: Readonly<
  Record<Exclude<Enums<'sms_dispatch_answer'>, 'go'>, MessageResult>
> = {
  lost_lease: 'dropped',
  needs_rerender: 'retried',
  paused: 'retried',
  quiet_hours: 'retried',
  expired: 'dropped',
  event_gone: 'dropped',
  disabled: 'dropped',
  no_consent: 'dropped',
  no_phone: 'dropped',
  not_mobile: 'dropped',
  country_blocked: 'dropped',
  opted_out: 'dropped',
  too_long: 'dropped',
  template: 'dropped',
  cap: 'dropped',
  daily_cap: 'dropped',
  client_limit: 'dropped',
};

/** After a lost lease, another run handles the message. */
const WHEN_SETTLED: Readonly<Record<Enums<'sms_settle_answer'>, MessageResult>> = {
  sent: 'sent',
  late_ack: 'sent',
  duplicate_suspected: 'sent',
  failed: 'failed',
  dead: 'failed',
  retry: 'retried',
  paused: 'retried',
  unknown: 'unknown',
  held: 'unknown',
  lost_lease: 'dropped',
};

// The database may be newer than this function for a moment, and answer what it does not know yet.

/** The result of a message that may not be sent now, by what `sms_begin_dispatch` answered. */
export function resultWhenNotSent(answer: keyof typeof WHEN_NOT_SENT): MessageResult {
  return WHEN_NOT_SENT[answer] ?? 'dropped';
}

/** The result of a message by what `sms_settle` answered. */
export function resultWhenSettled(answer: Enums<'sms_settle_answer'>): MessageResult {
  return WHEN_SETTLED[answer] ?? 'unknown';
}
