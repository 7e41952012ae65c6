import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import {
  createDueReminders,
  minutesFromNow,
  readMessage,
  type Reminders,
  smsapiEnv,
  startReminders,
} from '../support/sms-reminders.ts';

const PAGE = 'https://salon.example/c/';

let smsapi: SmsapiServer;
let reminders: Reminders;

beforeAll(async () => {
  smsapi = await startSmsapiServer();
  reminders = await startReminders({ ...smsapiEnv(smsapi), SMS_LINK_URL: PAGE });
});
afterAll(async () => {
  await reminders.stop();
  await smsapi.stop();
});

test('an SMS has a link whose token neither the database nor the log contains', async () => {
  await createDueReminders(reminders.database);
  const { counts } = await reminders.run();
  expect(counts).toMatchObject({ sent: 1 });

  const [sms] = smsapi.messages;
  const token = new RegExp(`${PAGE}#([a-z2-9]{12})$`).exec(sms?.message ?? '')?.[1] ?? '';
  expect(token).not.toBe('');
  const { body } = await readMessage(reminders.database);
  expect(body).toBe(sms?.message.replace(token, '…'));
  expect(reminders.output()).not.toContain(token);
  const stored = await reminders.database.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from private.client_links`,
  );
  expect(stored).toEqual([{ hash: createHash('sha256').update(token).digest('hex') }]);
});

test('a dry run shows where the link will be, with the length that it will have', async () => {
  await createDueReminders(reminders.database);
  const { body } = await reminders.call({ dryRun: true, at: minutesFromNow(0) });
  expect(body).toMatchObject({ reminders: [{ body: expect.stringMatching(`${PAGE}#…$`) }] });
});
