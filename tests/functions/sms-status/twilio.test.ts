import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import {
  createSentMessage,
  type Forgery,
  PUBLIC_URL,
  readDeliveryStatus,
  type SmsStatus,
  startStatus,
  TWILIO_TOKEN,
} from '../support/sms-status.ts';

const SID = 'SM0123456789abcdef0123456789abcdef';
const OTHER_SID = 'SMffffffffffffffffffffffffffffffff';
const PHONE = '+48600100200';

let status: SmsStatus;

beforeAll(async () => {
  status = await startStatus();
});
afterAll(() => status.stop());
beforeEach(() => forgetReminders(status.database));
afterEach(() => {
  expect(status.output()).not.toMatch(/600100200|Wizyta|Dziekuje/);
  expect(status.output()).not.toContain(TWILIO_TOKEN);
});

const createMessage = (sid: string | null) => createSentMessage(status.database, 'twilio', sid);

const form = (MessageStatus: string, more: Record<string, string> = {}) => ({
  MessageSid: SID,
  SmsSid: SID,
  MessageStatus,
  SmsStatus: MessageStatus,
  AccountSid: 'ACb4bb00c0b4bb00c0b4bb00c0b4bb00c0',
  To: PHONE,
  ...more,
});

const answerOf = (Body: string) => ({
  MessageSid: OTHER_SID,
  From: PHONE,
  To: '+48799000111',
  Body,
});

async function optOuts(): Promise<unknown[]> {
  return await status.database.query('select phone, source from public.sms_opt_outs');
}

describe('a status callback', () => {
  test('changes the row and is answered with an empty body', async () => {
    const id = await createMessage(SID);
    expect(await status.post(form('delivered'))).toMatchObject({ status: 204, text: '' });
    expect(await readDeliveryStatus(status.database, id))
      .toMatchObject({ status: 'delivered', providerStatus: 'delivered' });
  });

  test('says why a message did not arrive', async () => {
    const id = await createMessage(SID);
    await status.post(form('undelivered', { ErrorCode: '30005' }));
    expect(await readDeliveryStatus(status.database, id))
      .toMatchObject({ status: 'undelivered', code: '30005' });
  });

  test('finds a message without a SID by the address', async () => {
    const id = await createMessage(null);
    await status.post(form('delivered'), `?message=${id}`);
    expect(await readDeliveryStatus(status.database, id))
      .toMatchObject({ status: 'delivered', providerMessageId: SID });
  });

  test('that arrives late or twice changes nothing', async () => {
    const id = await createMessage(SID);
    for (const late of ['delivered', 'sent', 'queued', 'delivered', 'undelivered']) {
      expect(await status.post(form(late))).toMatchObject({ status: 204 });
      expect(await readDeliveryStatus(status.database, id)).toMatchObject({ status: 'delivered' });
    }
  });

  test('about an unknown message is acknowledged and logged', async () => {
    expect(await status.post(form('delivered'))).toMatchObject({ status: 204 });
    await expect.poll(() => status.output()).toContain('"applied":0,"unknown":1');
  });
});

describe('a signature', () => {
  const PATH = `${PUBLIC_URL}/twilio`;

  test.each([`${PATH}?message=7`, `${PATH.replace('.example', '.example:443')}?message=7`])(
    'over %s is accepted',
    async (signedUrl) => {
      expect(await status.post(form('sent'), '?message=7', { signedUrl }))
        .toMatchObject({ status: 204 });
    },
  );

  test.each<[what: string, forgery: Forgery]>([
    ['that is missing', { signature: null }],
    ['that is empty', { signature: '' }],
    ['that is malformed', { signature: 'signature' }],
    ['that is wrong', { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
    ['with another token', { token: 'another token' }],
    ['over another query', { signedUrl: `${PATH}?message=8` }],
    ['over no query', { signedUrl: PATH }],
    ['over an internal address', { signedUrl: 'http://127.0.0.1/sms-status/twilio?message=7' }],
  ])('%s is refused and changes nothing', async (_what, forgery) => {
    const id = await createMessage(SID);
    const before = status.api.restRequests();
    expect(await status.post(form('delivered'), '?message=7', forgery))
      .toMatchObject({ status: 403, text: '{"ok":false,"code":"signature_mismatch"}' });
    expect(status.api.restRequests()).toBe(before);
    expect(await readDeliveryStatus(status.database, id)).toMatchObject({ status: 'sent' });
  });
});

describe('a person who replies', () => {
  test('STOP gets no more messages from the salons that wrote to them, until START', async () => {
    await createMessage(SID);
    expect(await status.post(answerOf('Stop '))).toMatchObject({ status: 204 });
    expect(await optOuts()).toEqual([{ phone: PHONE, source: 'twilio' }]);
    expect(await status.post(answerOf('Stop'))).toMatchObject({ status: 204 });
    expect(await status.post(answerOf('START'))).toMatchObject({ status: 204 });
    expect(await optOuts()).toEqual([]);
  });

  test('anything else reaches the salon, once however often it is reported', async () => {
    await createMessage(SID);
    for (let i = 0; i < 2; i++) {
      expect(await status.post(answerOf('Dziekuje'))).toMatchObject({ status: 204 });
    }
    expect(await status.database.query('select phone, body from public.sms_inbox'))
      .toEqual([{ phone: PHONE, body: 'Dziekuje' }]);
    expect(await optOuts()).toEqual([]);
  });
});

test('a form of more than 64 KiB is refused', async () => {
  expect(await status.post(form('sent', { Body: 'x'.repeat(64 * 1024) })))
    .toMatchObject({ status: 413 });
});

test.each(['GET', 'PUT'])('%s is not allowed for Twilio', async (method) => {
  const { status: code, headers } = await status.request('/twilio', { method });
  expect(code).toBe(405);
  expect(headers.get('allow')).toBe('POST');
});

test('without the database the callback is not acknowledged', async () => {
  const rpcs = [
    ...['sms_apply_receipts', 'sms_record_opt_out', 'sms_withdraw_opt_out', 'sms_receive_reply'],
  ];
  for (const rpc of rpcs) status.gate.refuse(rpc);
  for (const body of [form('sent'), answerOf('STOP'), answerOf('START'), answerOf('Tak')]) {
    expect(await status.post(body)).toMatchObject({ status: 503 });
  }
  for (const rpc of rpcs) status.gate.admit(rpc);
});
