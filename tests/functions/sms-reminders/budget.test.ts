import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import {
  countByStatus,
  createDueReminders,
  type Reminders,
  smsapiEnv,
  startReminders,
} from '../support/sms-reminders.ts';

/** Six batches of at least a second each: twice what the budget allows. */
const MESSAGES = 150;
const BATCH = 25;
const ANSWER_MS = 200;
const BUDGET_MS = 3000;

let provider: SmsapiServer;
let reminders: Reminders;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders({
    ...smsapiEnv(provider),
    SMS_RUN_BUDGET_MS: String(BUDGET_MS),
  });
  await createDueReminders(reminders.database, MESSAGES);
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});

test('a run stops at its budget and leaves the rest without leases', async () => {
  provider.delay(ANSWER_MS);
  const { counts: { sent } } = await reminders.run();
  expect(sent).toBeGreaterThanOrEqual(BATCH);
  expect(sent).toBeLessThan(MESSAGES);
  expect(await countByStatus(reminders.database)).toEqual({ sent, pending: MESSAGES - sent });
});

test('the next runs resume where it stopped', async () => {
  provider.delay(0);
  while ((await reminders.run()).counts.claimed > 0);
  expect(await countByStatus(reminders.database)).toEqual({ sent: MESSAGES });
  expect(provider.received).toHaveLength(MESSAGES);
});
