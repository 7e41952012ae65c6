import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { fakeProvider, sms, smsapi } from '../support/fake-provider.ts';

async function resultOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  sender: string | null = null,
): Promise<SendResult> {
  return await smsapi(fakeProvider(status, body, headers).fetch).send(sms({ sender }));
}

/** As in the documentation of sms.do. */
const ROW = {
  id: '7074294081650020450',
  points: 0.165,
  number: '48501220314',
  date_sent: 1712570310,
  submitted_number: '48501220314',
  status: 'QUEUE',
  error: null,
  idx: '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11',
  parts: 1,
};

describe('an accepted message', () => {
  test.each(['QUEUE', 'SENT', 'ACCEPTED', 'DELIVERED'])('is %s', async (status) => {
    expect(await resultOf(200, { count: 1, list: [{ ...ROW, status }] }))
      .toEqual({ kind: 'accepted', providerMessageId: '7074294081650020450' });
  });

  test.each([undefined, null, 7074294081650020450, '', 'x'.repeat(65), '<b>'])(
    'has no id if it is %j',
    async (id) => {
      expect(await resultOf(200, { list: [{ ...ROW, id }] }))
        .toEqual({ kind: 'accepted', providerMessageId: null });
    },
  );

  test('was accepted earlier if its idx is known', async () => {
    expect(await resultOf(200, { error: 53, message: 'Message with this idx already exists' }))
      .toEqual({ kind: 'accepted', providerMessageId: null });
  });
});

describe('an error', () => {
  test.each([
    ...[11, 12, 13, 17, 18, 19, 20, 25, 27, 28, 30, 33, 54, 56, 57, 70, 76, 94, 96, 112],
  ])('%i is permanent', async (error) => {
    expect(await resultOf(200, { error }))
      .toEqual({ kind: 'permanent', code: String(error), optOut: false });
  });

  test('59 is permanent, for the recipient opted out', async () => {
    expect(await resultOf(200, { error: 59 }))
      .toEqual({ kind: 'permanent', code: '59', optOut: true });
  });

  test.each([14, 98, 101, 102, 103, 105, 110, 401, 997, 1000, 1001])(
    '%i is about the account',
    async (error) => {
      expect(await resultOf(200, { error })).toEqual({ kind: 'account', code: String(error) });
    },
  );

  test('14 is about the message when the salon chose the sender', async () => {
    expect(await resultOf(200, { error: 14 }, {}, 'PsiaLapa'))
      .toEqual({ kind: 'permanent', code: '14', optOut: false });
  });

  test.each([[52, 60], [74, 3600], [200, null], [202, null], [203, null]])(
    '%i proves that nothing was sent',
    async (error, retryAfterSeconds) => {
      expect(await resultOf(200, { error }))
        .toEqual({ kind: 'transient', code: String(error), retryAfterSeconds });
    },
  );

  test.each([0, 8, 201, 555, 999])('%i is ambiguous', async (error) => {
    expect(await resultOf(200, { error })).toEqual({ kind: 'ambiguous', code: String(error) });
  });

  test('may be written as a string', async () => {
    expect(await resultOf(200, { error: '103', message: 'No credits' }))
      .toEqual({ kind: 'account', code: '103' });
  });

  test('may be in the row of the number', async () => {
    expect(await resultOf(200, { count: 1, list: [{ ...ROW, status: 'FAILED', error: 13 }] }))
      .toEqual({ kind: 'permanent', code: '13', optOut: false });
  });

  test('counts with a status of 4xx as well', async () => {
    expect(await resultOf(400, { error: 13 })).toMatchObject({ kind: 'permanent', code: '13' });
  });

  test('never passes on what the provider wrote about the number', async () => {
    const result = await resultOf(200, {
      error: 13,
      message: 'No correct phone numbers: 48501220314',
      invalid_numbers: [{ number: '48501220314', submitted_number: '+48 501 220 314' }],
    });
    expect(JSON.stringify(result)).not.toMatch(/501|number/);
  });
});

describe('an unreadable answer is ambiguous', () => {
  test.each([
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
    ['no rows', { count: 0, list: [] }],
    ['a list that is not one', { count: 1, list: 'QUEUE' }],
    ['a row without a status', { list: [{ id: '7074294081650020450' }] }],
    ['an unknown status', { list: [{ ...ROW, status: 'SOMETHING_NEW' }] }],
    ['an error in words', { error: 'phone 48501220314 is wrong' }],
    ['an error with more digits than a code', { error: 48501220314 }],
    ['text', 'ERROR:13'],
    ['nothing', ''],
    ['HTML', '<html>48501220314</html>'],
    ['half of one', '{"count":1,"list":[{"id":"70742940'],
    ['more than 64 KB', { list: [ROW], padding: 'x'.repeat(64 * 1024) }],
  ])('%s', async (_form, body) => {
    expect(await resultOf(200, body)).toEqual({ kind: 'ambiguous', code: 'unreadable_answer' });
  });
});

describe('a status', () => {
  test.each([
    [302, { kind: 'ambiguous', code: 'http_302' }],
    [400, { kind: 'ambiguous', code: 'http_400' }],
    [401, { kind: 'account', code: 'http_401' }],
    [403, { kind: 'account', code: 'http_403' }],
    [404, { kind: 'account', code: 'http_404' }],
    [429, { kind: 'transient', code: 'http_429', retryAfterSeconds: null }],
    [500, { kind: 'ambiguous', code: 'http_500' }],
    [503, { kind: 'ambiguous', code: 'http_503' }],
  ])('of %i decides the result', async (status, expected) => {
    expect(await resultOf(status, '<html>Sorry</html>')).toEqual(expected);
  });

  test('of 429 says when to retry', async () => {
    expect(await resultOf(429, '', { 'retry-after': '90' }))
      .toEqual({ kind: 'transient', code: 'http_429', retryAfterSeconds: 90 });
  });

  test.each([500, 503])('of %i outweighs an error in the body', async (status) => {
    expect(await resultOf(status, { error: 13 }))
      .toEqual({ kind: 'ambiguous', code: `http_${status}` });
  });

  test('of an error outweighs a success in the body', async () => {
    expect(await resultOf(400, { list: [ROW] })).toEqual({ kind: 'ambiguous', code: 'http_400' });
  });
});
