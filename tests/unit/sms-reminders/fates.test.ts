import { expect, test } from 'vitest';
import {
  type Fate,
  fateWhenRefused,
  fateWhenSettled,
} from '../../../supabase/functions/sms-reminders/tally.ts';

test.each<[answer: string, Fate]>([
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
])('a message settled as %s counts as %s', (answer, fate) => {
  expect(fateWhenSettled(answer)).toBe(fate);
});

test.each<[answer: string, Fate]>([
  ['paused', 'retried'],
  ['quiet_hours', 'retried'],
  ['needs_rerender', 'retried'],
  ['event_gone', 'dropped'],
  ['no_consent', 'dropped'],
])('a message that may not be sent because of %s counts as %s', (answer, fate) => {
  expect(fateWhenRefused(answer)).toBe(fate);
});
