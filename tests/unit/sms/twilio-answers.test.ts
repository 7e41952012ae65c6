import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { fakeProvider, sms, twilio } from '../support/fake-provider.ts';

const SID = 'SM0123456789abcdef0123456789abcdef';

async function resultOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  sender: string | null = null,
): Promise<SendResult> {
  return await twilio(fakeProvider(status, body, headers).fetch).send(sms({ sender }));
}

function problem(code: number, status: number) {
  const message = "The 'To' number +48501220314 is not a valid phone number.";
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

describe('an accepted message', () => {
  test.each([
    ['queued', '1'],
    ['accepted', '0'],
  ])('is %s and has an SID', async (status, num_segments) => {
    expect(await resultOf(201, { sid: SID, status, num_segments, error_code: null }))
      .toEqual({ kind: 'accepted', providerMessageId: SID });
  });
});

describe('an error', () => {
  test('of a country that is not enabled is retried in an hour', async () => {
    expect(await resultOf(400, problem(21408, 400)))
      .toEqual({ kind: 'transient', code: '21408', retryAfterSeconds: 3600 });
  });

  test.each([21201, 21211, 21214, 21602, 21612, 21614, 21617, 21619, 21635, 29999])(
    '%i is permanent',
    async (code) => {
      expect(await resultOf(400, problem(code, 400)))
        .toEqual({ kind: 'permanent', code: String(code), optOut: false });
    },
  );

  test.each([400, 403])(
    '21610 with %i is permanent, for the recipient opted out',
    async (status) => {
      expect(await resultOf(status, problem(21610, status)))
        .toEqual({ kind: 'permanent', code: '21610', optOut: true });
    },
  );

  test.each([
    [20003, 401],
    [20003, 403],
    [20005, 403],
    [20008, 400],
    [20404, 404],
    [21212, 400],
    [10001, 400],
    [90010, 400],
    [63038, 400],
    [21601, 400],
    [21603, 400],
    [21606, 400],
    [21608, 400],
    [21609, 400],
    [21659, 400],
    [21660, 400],
    [21701, 400],
    [21703, 400],
    [21705, 400],
    [29999, 401],
    [29999, 403],
  ])('%i with %i is about the account', async (code, status) => {
    expect(await resultOf(status, problem(code, status)))
      .toEqual({ kind: 'account', code: String(code) });
  });

  test.each([21212, 21601, 21606, 21659, 21660])(
    '%i is about the message when the salon chose the sender',
    async (code) => {
      expect(await resultOf(400, problem(code, 400), {}, 'PsiaLapa'))
        .toEqual({ kind: 'permanent', code: String(code), optOut: false });
    },
  );

  test('21611, a full queue, proves that nothing was sent', async () => {
    expect(await resultOf(400, problem(21611, 400)))
      .toEqual({ kind: 'transient', code: '21611', retryAfterSeconds: null });
  });
});

describe('an unreadable answer is ambiguous', () => {
  test.each([
    ['no SID', { status: 'queued' }],
    ['an SID of another kind', { sid: 'CA0123456789abcdef0123456789abcdef' }],
    ['an error despite its status', problem(21211, 400)],
    ['a list', [SID]],
    ['HTML', '<html>48501220314</html>'],
    ['half of one', `{"sid":"${SID}","to":"+4850`],
    ['more than 64 KB', { sid: SID, body: 'x'.repeat(64 * 1024) }],
  ])('%s', async (_form, body) => {
    expect(await resultOf(201, body)).toEqual({ kind: 'ambiguous', code: 'unreadable_answer' });
  });
});

describe('a status', () => {
  test.each([
    [302, { kind: 'ambiguous', code: 'http_302' }],
    [400, { kind: 'ambiguous', code: 'http_400' }],
    [401, { kind: 'account', code: 'http_401' }],
    [404, { kind: 'account', code: 'http_404' }],
    [500, { kind: 'ambiguous', code: 'http_500' }],
    [503, { kind: 'ambiguous', code: 'http_503' }],
  ])('of %i decides the result', async (status, expected) => {
    expect(await resultOf(status, '<html>Sorry, +48501220314</html>')).toEqual(expected);
  });

  test('of 429 proves that nothing was sent and says when to retry', async () => {
    expect(await resultOf(429, problem(20429, 429), { 'retry-after': '90' }))
      .toEqual({ kind: 'transient', code: 'http_429', retryAfterSeconds: 90 });
  });

  test('of 429 outweighs an error about the account', async () => {
    expect(await resultOf(429, problem(63038, 429)))
      .toEqual({ kind: 'transient', code: 'http_429', retryAfterSeconds: null });
  });

  test('of 500 outweighs an error in the body', async () => {
    expect(await resultOf(500, problem(21211, 500))).toEqual({
      kind: 'ambiguous',
      code: 'http_500',
    });
  });
});
