import { describe, expect, test } from 'vitest';
import {
  isBusyOrBroken,
  isSuccess,
  judgeStatus,
  statusCode,
} from '../../../supabase/functions/sms-reminders/providers/http-status.ts';
import { judgeSmsapiError } from '../../../supabase/functions/sms-reminders/providers/smsapi-errors.ts';
import { judgeTwilioError } from '../../../supabase/functions/sms-reminders/providers/twilio-errors.ts';

const SMSAPI_PERMANENT = '13 33 57 96 112 11 12 17 18 19 20 25 27 28 30 54 56 70 76 94'.split(' ');

describe('an error of SMSAPI', () => {
  test('53 means that it was accepted before', () => {
    expect(judgeSmsapiError('53', false)).toEqual({ kind: 'accepted', providerMessageId: null });
  });

  test.each(SMSAPI_PERMANENT)('%s is about this message', (code) => {
    expect(judgeSmsapiError(code, false)).toEqual({ kind: 'permanent', code, optOut: false });
  });

  test('59 is an opt-out', () => {
    expect(judgeSmsapiError('59', false)).toEqual({ kind: 'permanent', code: '59', optOut: true });
  });

  test.each('98 101 102 103 105 110 401 997 1000 1001'.split(' '))(
    '%s is about the account, whoever chose the sender',
    (code) => {
      expect(judgeSmsapiError(code, false)).toEqual({ kind: 'account', code });
      expect(judgeSmsapiError(code, true)).toEqual({ kind: 'account', code });
    },
  );

  test('14 is about whoever chose the sender', () => {
    expect(judgeSmsapiError('14', true)).toEqual({ kind: 'permanent', code: '14', optOut: false });
    expect(judgeSmsapiError('14', false)).toEqual({ kind: 'account', code: '14' });
  });

  test.each([['52', 60], ['74', 3600], ['200', null], ['202', null], ['203', null]])(
    '%s says that it was not sent, and to wait for %s seconds',
    (code, retryAfterSeconds) => {
      expect(judgeSmsapiError(code, false)).toEqual({ kind: 'transient', code, retryAfterSeconds });
    },
  );

  test.each(['8', '201', '999', '0', '500'])('%s may have come after it was sent', (code) => {
    expect(judgeSmsapiError(code, false)).toEqual({ kind: 'ambiguous', code });
  });
});

describe('an error of Twilio', () => {
  test.each('21211 21214 21612 21614 21635 21602 21617 21619 12345'.split(' '))(
    '%s is about this message',
    (code) => {
      expect(judgeTwilioError(code, 400, false)).toEqual({
        kind: 'permanent',
        code,
        optOut: false,
      });
    },
  );

  test('21610 is an opt-out, whatever the status', () => {
    const optOut = { kind: 'permanent', code: '21610', optOut: true };
    expect([400, 401, 403].map((status) => judgeTwilioError('21610', status, true)))
      .toEqual([optOut, optOut, optOut]);
  });

  test.each(
    '20003 20005 20008 20404 10001 90010 63038 21603 21608 21609 21701 21703 21705'.split(' '),
  )('%s is about the account, whoever chose the sender', (code) => {
    expect(judgeTwilioError(code, 400, true)).toEqual({ kind: 'account', code });
  });

  test.each([401, 403])('with the status %i is about the account', (status) => {
    expect(judgeTwilioError('12345', status, true)).toEqual({ kind: 'account', code: '12345' });
  });

  test.each('21212 21601 21606 21659 21660'.split(' '))(
    '%s is about whoever chose the sender',
    (code) => {
      expect(judgeTwilioError(code, 400, true)).toMatchObject({ kind: 'permanent', code });
      expect(judgeTwilioError(code, 400, false)).toEqual({ kind: 'account', code });
    },
  );

  test.each([['21611', null], ['21408', 3600]])('%s says that it was not sent', (code, seconds) => {
    expect(judgeTwilioError(code, 403, false)).toEqual({
      ...{ kind: 'transient', code, retryAfterSeconds: seconds },
    });
  });
});

describe('an answer without a reason', () => {
  const judge = (status: number) =>
    judgeStatus({ kind: 'answer', status, retryAfterSeconds: 7, body: undefined });

  test('is judged by its status', () => {
    expect(judge(429)).toEqual({ kind: 'transient', code: 'http_429', retryAfterSeconds: 7 });
    expect([401, 403, 404].map(judge)).toEqual(
      [401, 403, 404].map((status) => ({ kind: 'account', code: `http_${status}` })),
    );
    expect([200, 400, 500].map(judge)).toEqual(
      ['unreadable_answer', 'http_400', 'http_500'].map((code) => ({ kind: 'ambiguous', code })),
    );
  });

  test.each([[199, false], [200, true], [299, true], [300, false]])(
    'of the status %i claims success: %s',
    (status, claims) => {
      expect(isSuccess(status)).toBe(claims);
      expect(statusCode(status)).toBe(claims ? 'unreadable_answer' : `http_${status}`);
    },
  );

  test.each([[428, false], [429, true], [430, false], [499, false], [500, true], [503, true]])(
    'of the status %i counts by it alone: %s',
    (status, counts) => {
      expect(isBusyOrBroken(status)).toBe(counts);
    },
  );
});
