import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import { createDueReminders, type Reminders, startReminders } from './support.ts';

/** Six batches, each of which takes a second at least: twice what the budget allows for. */
const MESSAGES = 150;
const BATCH = 25;
const ANSWER_MS = 200;
const BUDGET_MS = 3000;

let provider: SmsapiServer;
let reminders: Reminders;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders({
    SMS_PROVIDER: 'smsapi',
    SMSAPI_BASE_URL: provider.url,
    SMSAPI_TOKEN: 'smsapi-token',
    SMSAPI_CALLBACK_SECRET: 'a-secret-of-some-length',
    SMS_RUN_BUDGET_MS: String(BUDGET_MS),
  });
  await createDueReminders(reminders.database, MESSAGES);
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});

async function statuses(): Promise<Record<string, number>> {
  const [row] = await reminders.database.query<{ counts: Record<string, number> }>(
    `select jsonb_object_agg(status, n) as counts
     from (select status, count(*) as n from public.sms_messages group by status) as s`,
  );
  return row?.counts ?? {};
}

test('a run stops at its budget and leaves the rest without leases', async () => {
  provider.delay(ANSWER_MS);
  const { counts: { sent } } = await reminders.run();
  expect(sent).toBeGreaterThanOrEqual(BATCH);
  expect(sent).toBeLessThan(MESSAGES);
  expect(await statuses()).toEqual({ sent, pending: MESSAGES - sent });
});

test('the next runs go on where it stopped', async () => {
  provider.delay(0);
  while ((await reminders.run()).counts.claimed > 0);
  expect(await statuses()).toEqual({ sent: MESSAGES });
  expect(provider.received).toHaveLength(MESSAGES);
});
