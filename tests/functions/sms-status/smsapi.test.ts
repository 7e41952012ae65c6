import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import {
  createSentMessage,
  readDeliveryStatus,
  SMSAPI_SECRET,
  type SmsStatus,
  startStatus,
} from '../support/sms-status.ts';
import { lastLogLine } from '../support/function-stack.ts';

const SENT = '403';
const DELIVERED = '404';
const UNDELIVERED = '405';

let status: SmsStatus;

beforeAll(async () => {
  status = await startStatus();
});
afterAll(() => status.stop());
beforeEach(() => forgetReminders(status.database));
afterEach(() => {
  expect(status.output()).not.toMatch(/600100200|Wizyta/);
  expect(status.output()).not.toContain(SMSAPI_SECRET);
});

const createMessage = (providerMessageId: string | null) =>
  createSentMessage(status.database, 'smsapi', providerMessageId);

describe('a report of SMSAPI', () => {
  test('about three messages changes three rows in one call and is answered with OK', async () => {
    const ids = [await createMessage('m1'), await createMessage('m2'), await createMessage('m3')];
    const before = status.api.restRequests();
    const { status: code, headers, text } = await status.report({
      MsgId: 'm1,m2,m3',
      status: `${DELIVERED},${UNDELIVERED},${SENT}`,
      idx: ids.join(','),
      to: '48600100200,48600100200,48600100200',
      donedate: '1795460000,1795460000,1795460000',
    });
    expect({ code, text }).toEqual({ code: 200, text: 'OK' });
    expect(headers.get('content-type')).toMatch(/^text\/plain\b/);
    expect(status.api.restRequests() - before).toBe(1);
    expect(await Promise.all(ids.map((id) => readDeliveryStatus(status.database, id))))
      .toMatchObject([
        { status: 'delivered', providerStatus: 'DELIVERED', code: null },
        { status: 'undelivered', providerStatus: 'UNDELIVERED', code: '405' },
        { status: 'sent', providerStatus: 'SENT', code: null },
      ]);
  });

  test('adds the id that a repeated POST did not return', async () => {
    const id = await createMessage(null);
    await status.report({ MsgId: 'm1', status: DELIVERED, idx: id });
    expect(await readDeliveryStatus(status.database, id))
      .toMatchObject({ status: 'delivered', providerMessageId: 'm1' });
  });

  test('that arrives late or twice changes nothing', async () => {
    const id = await createMessage('m1');
    await status.report({ MsgId: 'm1', status: DELIVERED });
    for (const late of [SENT, DELIVERED, UNDELIVERED]) {
      expect(await status.report({ MsgId: 'm1', status: late })).toMatchObject({ text: 'OK' });
      expect(await readDeliveryStatus(status.database, id))
        .toMatchObject({ status: 'delivered', providerStatus: 'DELIVERED', code: null });
    }
  });

  test('with more messages than statuses is applied as far as possible', async () => {
    const [first, second] = [await createMessage('m1'), await createMessage('m2')];
    expect(await status.report({ MsgId: 'm1,m2', status: DELIVERED, idx: second }))
      .toMatchObject({ status: 200, text: 'OK' });
    expect(await readDeliveryStatus(status.database, first)).toMatchObject({ status: 'delivered' });
    expect(await readDeliveryStatus(status.database, second)).toMatchObject({ status: 'sent' });
  });

  test.each<[what: string, query: Record<string, string>, unknown: number]>([
    ['about an unknown message', { MsgId: 'theirs', status: DELIVERED }, 1],
    ['with an id of another system', { MsgId: 'theirs', status: DELIVERED, idx: 'order 7' }, 1],
    ['without a message', {}, 0],
    ['that makes no sense', { MsgId: "'; drop table", status: 'gone', idx: '\0' }, 0],
  ])('%s is acknowledged and logged', async (_what, query, unknown) => {
    expect(await status.report(query)).toMatchObject({ status: 200, text: 'OK' });
    expect(await lastLogLine(status)).toMatchObject({ provider: 'smsapi', applied: 0, unknown });
  });
});

describe('an address', () => {
  test.each([
    ['with a wrong secret', '/smsapi/another-secret-of-some-length'],
    ['with half of the secret', `/smsapi/${SMSAPI_SECRET.slice(0, 12)}`],
    ['with more than the secret', `/smsapi/${SMSAPI_SECRET}/more`],
    ['without a secret', '/smsapi'],
    ['with an empty secret', '/smsapi/'],
    ['with a broken escape', '/smsapi/%E0%A4%A'],
    ['of no provider', '/pigeon'],
    ['of nothing', ''],
  ])('%s does not exist', async (_what, path) => {
    const id = await createMessage('m1');
    const before = status.api.restRequests();
    expect(await status.request(`${path}?MsgId=m1&status=404`)).toMatchObject({ status: 404 });
    expect(status.api.restRequests()).toBe(before);
    expect(await readDeliveryStatus(status.database, id)).toMatchObject({ status: 'sent' });
  });

  test('also works with the prefix that the gateway removes', async () => {
    const { origin } = new URL(status.running.url);
    const path = `/functions/v1/sms-status/smsapi/${SMSAPI_SECRET}`;
    expect(await (await fetch(origin + path)).text()).toBe('OK');
    expect(await (await fetch(status.api.url + path)).text()).toBe('OK');
  });

  test.each(['PUT', 'DELETE'])('of SMSAPI does not accept %s', async (method) => {
    const { status: code, headers } = await status.request(`/smsapi/${SMSAPI_SECRET}`, { method });
    expect(code).toBe(405);
    expect(headers.get('allow')).toBe('GET, POST');
  });
});

test('without the database the function asks for the report again', async () => {
  status.gate.refuse('sms_apply_receipts');
  const { status: code, headers, text } = await status.report({ MsgId: 'm1', status: DELIVERED });
  status.gate.admit('sms_apply_receipts');
  expect({ code, text }).toEqual({
    code: 503,
    text: '{"ok":false,"code":"database_unavailable"}',
  });
  expect(headers.get('retry-after')).toBe('30');
});
