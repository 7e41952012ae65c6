import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutgoingSms } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import type { SmsapiConfig } from '../../../supabase/functions/sms-reminders/providers/smsapi.ts';
import {
  fakeProvider,
  onlyRequest,
  type SentRequest,
  sms,
  smsapi,
} from '../support/fake-provider.ts';

const NOW_SECONDS = Date.UTC(2026, 10, 23, 16) / 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_SECONDS * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

async function request(
  message: Partial<OutgoingSms> = {},
  config: Partial<SmsapiConfig> = {},
): Promise<SentRequest> {
  const fake = fakeProvider(200, { error: 13 });
  await smsapi(fake.fetch, { sender: null, ...config }).send(sms(message));
  return onlyRequest(fake);
}

test('SMSAPI gets one request with the token, and redirects are not followed', async () => {
  const { url, init, headers } = await request();
  expect(url).toBe('https://smsapi.test/sms.do');
  expect(init).toMatchObject({ method: 'POST', redirect: 'manual' });
  expect(headers.get('authorization')).toBe('Bearer smsapi-token');
});

test('the request has the number without +, the text, and our id to prevent duplicates', async () => {
  const { form } = await request({ expiresAt: new Date((NOW_SECONDS + 2 * HOUR) * 1000) });
  expect(Object.fromEntries(form)).toEqual({
    to: '48501220314',
    message: 'Przypomnienie: wizyta jutro o 14:00. Psia Lapa',
    format: 'json',
    encoding: 'utf-8',
    idx: '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11',
    check_idx: '1',
    time_restriction: 'ignore',
    expiration_date: String(NOW_SECONDS + 2 * HOUR),
    nounicode: '1',
  });
});

test('a text with letters outside GSM-7 is allowed to be Unicode', async () => {
  expect((await request({ encoding: 'UCS-2' })).form.has('nounicode')).toBe(false);
});

test.each([
  ['the salon', 'PsiaLapa', 'BarkBook', 'PsiaLapa'],
  ['the configuration', null, 'BarkBook', 'BarkBook'],
  ['no name', null, null, null],
])('the sender is named by %s', async (_who, salons, configured, expected) => {
  const { form } = await request({ sender: salons }, { sender: configured });
  expect(form.get('from')).toBe(expected);
});

test('reports are sent to the configured address', async () => {
  const callbackUrl = 'https://barkbook.test/functions/v1/sms-status/smsapi/secret';
  expect((await request({}, { callbackUrl })).form.get('notify_url')).toBe(callbackUrl);
});

describe('a message expires', () => {
  test.each([
    ['when it is no longer of use', 3 * HOUR, 3 * HOUR],
    ['not before 15 minutes', 5 * MINUTE, 15 * MINUTE],
    ['not before 15 minutes, even if it is already of no use', -HOUR, 15 * MINUTE],
    ['after 72 hours at the latest', 100 * HOUR, 72 * HOUR],
  ])('%s', async (_when, wanted, expected) => {
    const { form } = await request({ expiresAt: new Date((NOW_SECONDS + wanted) * 1000) });
    expect(Number(form.get('expiration_date')) - NOW_SECONDS).toBe(expected);
  });
});

test('a token that cannot be sent is refused at the start', () => {
  const { fetch } = fakeProvider(200, {});
  expect(() => smsapi(fetch, { token: 'two\nlines' })).toThrow(TypeError);
});
