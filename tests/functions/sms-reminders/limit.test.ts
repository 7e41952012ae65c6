import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import {
  createDueReminders,
  type Reminders,
  smsapiEnv,
  startReminders,
} from '../support/sms-reminders.ts';

const LIMIT = 10;
const MESSAGES = 25;

let provider: SmsapiServer;
let reminders: Reminders;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders({
    ...smsapiEnv(provider),
    SMS_BATCH: '5',
    SMS_RUN_LIMIT: String(LIMIT),
  });
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});

test('runs that stop at their limit start the next one until everything is sent, once each', async () => {
  await createDueReminders(reminders.database, MESSAGES);
  const first = await reminders.run();

  expect(first.counts).toMatchObject({ claimed: LIMIT, sent: LIMIT });
  await expect.poll(sentByRuns, { timeout: 10_000 }).toEqual([LIMIT, LIMIT, MESSAGES - 2 * LIMIT]);
  expect(provider.received).toHaveLength(MESSAGES);
  expect(new Set(provider.messages.map(({ idx }) => idx)).size).toBe(MESSAGES);
});

async function sentByRuns(): Promise<number[]> {
  const runs = await reminders.database.query<{ sent: number }>(
    `select (counts ->> 'sent')::integer as sent from public.sms_runs order by started_at`,
  );
  return runs.map(({ sent }) => sent);
}
