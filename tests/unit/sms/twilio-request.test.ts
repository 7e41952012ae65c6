import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutgoingSms } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import type { TwilioConfig } from '../../../supabase/functions/sms-reminders/providers/twilio.ts';
import {
  fakeProvider,
  onlyRequest,
  type SentRequest,
  sms,
  twilio,
} from '../support/fake-provider.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 16);
const HOUR_MS = 60 * 60 * 1000;
const SERVICE = 'MG0123456789abcdef0123456789abcdef';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

async function request(
  message: Partial<OutgoingSms> = {},
  config: Partial<TwilioConfig> = {},
): Promise<SentRequest> {
  const fake = fakeProvider(503, '');
  await twilio(fake.fetch, config).send(sms(message));
  return onlyRequest(fake);
}

test('Twilio gets one request with the account, and redirects are not followed', async () => {
  const { url, init, headers } = await request();
  expect(url).toBe('https://twilio.test/2010-04-01/Accounts/AC1/Messages.json');
  expect(init).toMatchObject({ method: 'POST', redirect: 'manual' });
  expect(headers.get('authorization')).toBe(`Basic ${btoa('AC1:twilio-token')}`);
});

test('the request has the number, the text, the sender and the validity', async () => {
  const { form } = await request({ expiresAt: new Date(NOW_MS + 2 * HOUR_MS) });
  expect(Object.fromEntries(form)).toEqual({
    To: '+48501220314',
    Body: 'Przypomnienie: wizyta jutro o 14:00. Psia Lapa',
    From: '+48799000111',
    ValidityPeriod: '7200',
  });
});

test.each([
  ['at most ten hours', 12 * HOUR_MS, '36000'],
  ['at least a second', 0, '1'],
  ['a second when it is already of no use', -HOUR_MS, '1'],
])('it may keep the message %s', async (_time, lifetimeMs, expected) => {
  const { form } = await request({ expiresAt: new Date(NOW_MS + lifetimeMs) });
  expect(form.get('ValidityPeriod')).toBe(expected);
});

describe('the sender', () => {
  test('is the Messaging Service when one is configured', async () => {
    const { form } = await request({}, { messagingServiceSid: SERVICE });
    expect([form.get('MessagingServiceSid'), form.get('From')]).toEqual([SERVICE, null]);
  });

  test.each([null, SERVICE])(
    "is the salon's own name if it has one, service %s",
    async (service) => {
      const { form } = await request({ sender: 'PsiaLapa' }, { messagingServiceSid: service });
      expect([form.get('MessagingServiceSid'), form.get('From')]).toEqual([null, 'PsiaLapa']);
    },
  );
});

test('the address of callbacks names our message', async () => {
  const callbackUrl = 'https://barkbook.test/functions/v1/sms-status/twilio';
  expect((await request({}, { callbackUrl })).form.get('StatusCallback'))
    .toBe(`${callbackUrl}?message=0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11`);
});
