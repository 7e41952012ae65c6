import { afterEach, beforeEach, expect, test } from 'vitest';
import type {
  OutgoingSms,
  SendResult,
} from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { createSmsapiProvider } from '../../../supabase/functions/sms-reminders/providers/smsapi.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';

const HOUR_MS = 60 * 60 * 1000;
const TIMEOUT_MS = 200;
const ID = '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11';
const OTHER_ID = '1b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a12';

let smsapi: SmsapiServer;

beforeEach(async () => {
  smsapi = await startSmsapiServer();
});
afterEach(() => smsapi.stop());

async function send(
  overrides: Partial<OutgoingSms> = {},
  token = 'smsapi-token',
): Promise<SendResult> {
  const provider = createSmsapiProvider({
    token,
    baseUrl: smsapi.url,
    sender: 'BarkBook',
    callbackUrl: null,
    timeoutMs: TIMEOUT_MS,
    fetch,
  });
  return await provider.send({
    id: ID,
    to: '+48501220314',
    body: 'Wizyta jutro o 14:00. Psia Lapa',
    encoding: 'GSM-7',
    sender: null,
    expiresAt: new Date(Date.now() + HOUR_MS),
    ...overrides,
  });
}

test('a message arrives as it was written', async () => {
  expect(await send()).toEqual({ kind: 'accepted', providerMessageId: '7074294081000000001' });
  expect(smsapi.messages).toEqual([{
    id: '7074294081000000001',
    idx: ID,
    to: '48501220314',
    from: 'BarkBook',
    message: 'Wizyta jutro o 14:00. Psia Lapa',
  }]);
});

test('the same id twice makes one SMS, accepted both times', async () => {
  await send();
  expect(await send()).toEqual({ kind: 'accepted', providerMessageId: null });
  expect([smsapi.received.length, smsapi.messages.length]).toEqual([2, 1]);
});

test('another id makes another SMS', async () => {
  await send();
  await send({ id: OTHER_ID });
  expect(smsapi.messages.map(({ idx }) => idx)).toEqual([ID, OTHER_ID]);
});

test('a late answer is ambiguous, and a second attempt settles the message', async () => {
  smsapi.delay(2 * TIMEOUT_MS);
  expect(await send()).toEqual({ kind: 'ambiguous', code: 'timeout' });
  smsapi.delay(0);
  expect(await send()).toEqual({ kind: 'accepted', providerMessageId: null });
  expect(smsapi.messages).toHaveLength(1);
});

test('letters outside GSM-7 in a text that was counted as GSM-7 are refused', async () => {
  expect(await send({ body: 'Psia Łapa' })).toMatchObject({ kind: 'permanent', code: '11' });
  expect(await send({ body: 'Psia Łapa', encoding: 'UCS-2' })).toMatchObject({ kind: 'accepted' });
});

test('a wrong token is about the account', async () => {
  expect(await send({}, 'wrong')).toEqual({ kind: 'account', code: '101' });
});

test('a requested error is returned once and sends nothing', async () => {
  smsapi.fail(103);
  expect(await send()).toEqual({ kind: 'account', code: '103' });
  expect(smsapi.messages).toEqual([]);
  expect(await send()).toMatchObject({ kind: 'accepted' });
});
