/** What became of one claimed message in this run. */
export type MessageResult = 'sent' | 'retried' | 'failed' | 'unknown' | 'dropped';

/** Answers of `sms_begin_dispatch` after which the message is tried again later. */
const POSTPONED: ReadonlySet<string> = new Set(['paused', 'quiet_hours', 'needs_rerender']);

/** Answers of `sms_settle`. A lost lease says that another run has the message. */
const RESULTS: Readonly<Record<string, MessageResult>> = {
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

/** The result of a message that may not be sent now. */
export function resultWhenRefused(answer: string): MessageResult {
  return POSTPONED.has(answer) ? 'retried' : 'dropped';
}

/** The result of a message whose outcome the database has recorded. */
export function resultWhenSettled(answer: string): MessageResult {
  return RESULTS[answer] ?? 'unknown';
}
