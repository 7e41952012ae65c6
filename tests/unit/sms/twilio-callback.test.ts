import { describe, expect, test } from 'vitest';
import {
  readTwilioCallback,
  type TwilioCallback,
} from '../../../supabase/functions/sms-status/twilio-callback.ts';

const ID = '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11';
const SID = 'SM0123456789abcdef0123456789abcdef';

function read(form: Record<string, string>, messageId: string | null = null): TwilioCallback {
  return readTwilioCallback(new URLSearchParams(form), messageId);
}

describe('a status callback', () => {
  test('is a receipt', () => {
    const form = {
      MessageSid: SID,
      SmsSid: SID,
      MessageStatus: 'delivered',
      SmsStatus: 'delivered',
      AccountSid: 'AC0123456789abcdef0123456789abcdef',
      ApiVersion: '2010-04-01',
      To: '+48501220314',
      From: '+48799000111',
    };
    expect(read(form, ID)).toEqual({
      kind: 'receipt',
      receipt: {
        messageId: ID,
        providerMessageId: SID,
        status: 'delivered',
        providerStatus: 'delivered',
        code: null,
        at: null,
      },
    });
  });

  test.each([
    ['accepted', 'sent'],
    ['scheduled', 'sent'],
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['something_new', null],
  ])('%s means %s', (MessageStatus, status) => {
    expect(read({ MessageSid: SID, MessageStatus }))
      .toMatchObject({ receipt: { status, providerStatus: MessageStatus } });
  });

  test('says why a message did not arrive', () => {
    expect(read({ MessageSid: SID, MessageStatus: 'undelivered', ErrorCode: '30003' }))
      .toMatchObject({ receipt: { code: '30003' } });
  });

  test.each(['', 'no such handset: +48501220314'])('does not take %j for a code', (ErrorCode) => {
    expect(read({ MessageSid: SID, MessageStatus: 'failed', ErrorCode }))
      .toMatchObject({ receipt: { code: null } });
  });

  test.each([null, '', "1' or 1=1"])('needs no id of ours, such as %j', (messageId) => {
    expect(read({ MessageSid: SID, MessageStatus: 'sent' }, messageId))
      .toMatchObject({ receipt: { messageId: null, providerMessageId: SID } });
  });

  test('needs no SID where it names our id', () => {
    expect(read({ MessageStatus: 'sent' }, ID))
      .toMatchObject({ receipt: { messageId: ID, providerMessageId: null } });
  });

  test.each([
    ['names no message', { MessageStatus: 'sent' }],
    ['names another kind of resource', { MessageSid: 'CA1', MessageStatus: 'sent' }],
    ['has an invalid status', { MessageSid: SID, MessageStatus: 'sent to +48501220314' }],
  ])('is of no use when it %s', (_reason, form) => expect(read(form)).toEqual({ kind: 'other' }));
});

describe('a reply from a person', () => {
  const inbound = { MessageSid: SID, SmsStatus: 'received', From: '+48501220314' };

  test.each([
    'STOP',
    ' stop ',
    'StopAll',
    'UNSUBSCRIBE',
    'end',
    'Quit',
    'REVOKE',
    'optout',
    'CANCEL',
  ])(
    'opts out with %j',
    (Body) =>
      expect(read({ ...inbound, Body })).toEqual({ kind: 'opt_out', phone: '+48501220314' }),
  );

  test.each(['START', 'unstop'])('opts in with %j', (Body) => {
    expect(read({ ...inbound, Body })).toEqual({ kind: 'opt_in', phone: '+48501220314' });
  });

  test('is read like that of any provider', () => {
    expect(read({ ...inbound, Body: 'Tak!' })).toEqual({
      kind: 'reply',
      phone: '+48501220314',
      replyId: SID,
      body: 'Tak!',
      response: 'coming',
    });
  });

  test('is of no use without its id', () => {
    expect(read({ ...inbound, MessageSid: 'CA1', Body: 'Tak' })).toEqual({ kind: 'other' });
  });

  test.each([
    ['STOP', 'opt_out'],
    ['START', 'opt_in'],
  ])('is what Twilio recognised: %s', (OptOutType, kind) => {
    expect(read({ ...inbound, Body: 'REZYGNUJE', OptOutType }))
      .toEqual({ kind, phone: '+48501220314' });
  });

  test('is for the salon if Twilio recognised a request for help', () => {
    expect(read({ ...inbound, Body: 'STOP', OptOutType: 'HELP' }))
      .toMatchObject({ kind: 'reply', body: 'STOP', response: null });
  });

  test.each(['', 'whatsapp:+48501220314', '501220314', 'PsiaLapa'])(
    'counts only with a number, not from %j',
    (From) => expect(read({ ...inbound, From, Body: 'STOP' })).toEqual({ kind: 'other' }),
  );
});

test('an empty post is ignored', () => expect(read({})).toEqual({ kind: 'other' }));
