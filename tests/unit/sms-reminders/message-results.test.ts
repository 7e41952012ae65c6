import { expect, test } from 'vitest';
import type { Enums } from '../../../shared/database.types.ts';
import {
  type MessageResult,
  resultWhenNotSent,
  resultWhenSettled,
} from '../../../supabase/functions/sms-reminders/message-result.ts';

test.each<[answer: Enums<'sms_settle_answer'>, MessageResult]>([
  ['sent', 'sent'],
  ['late_ack', 'sent'],
  ['duplicate_suspected', 'sent'],
  ['failed', 'failed'],
  ['dead', 'failed'],
  ['retry', 'retried'],
  ['paused', 'retried'],
  ['unknown', 'unknown'],
  ['held', 'unknown'],
  ['lost_lease', 'dropped'],
])('a message settled as %s counts as %s', (answer, result) => {
  expect(resultWhenSettled(answer)).toBe(result);
});

test.each<[answer: Exclude<Enums<'sms_dispatch_answer'>, 'go'>, MessageResult]>([
  ['paused', 'retried'],
  ['quiet_hours', 'retried'],
  ['needs_rerender', 'retried'],
  ['event_gone', 'dropped'],
  ['no_consent', 'dropped'],
  ['daily_cap', 'dropped'],
  ['client_limit', 'dropped'],
])('a message that may not be sent because of %s counts as %s', (answer, result) => {
  expect(resultWhenNotSent(answer)).toBe(result);
});
