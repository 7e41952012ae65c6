import { expect, test } from 'vitest';
import { readReply } from '../../../supabase/functions/sms-status/reply.ts';
import { readSmsapiReply } from '../../../supabase/functions/sms-status/smsapi-reply.ts';

const PHONE = '+48501220314';
const read = (body: string) => readReply({ from: PHONE, body, replyId: 'reply-1' });

test.each(['TAK', 'tak', ' Tak! ', 'ok', 'OK.', 'Yes', '„Tak”', 'TAK :-)', 'ｔａｋ'])(
  '%j says that the client comes',
  (body) => expect(read(body)).toMatchObject({ kind: 'reply', response: 'coming' }),
);

test.each(['NIE', 'nie', 'Nie.', 'no', 'NO!!'])(
  '%j says that the client wants to cancel',
  (body) => expect(read(body)).toMatchObject({ kind: 'reply', response: 'wants_to_cancel' }),
);

test.each(['STOP', 'stop', 'STOP!', 'Stop.', ' „stop” '])(
  '%j opts out',
  (body) => expect(read(body)).toEqual({ kind: 'opt_out', phone: PHONE }),
);

test.each(['START', 'start!', 'Unstop.'])('%j opts in', (body) => {
  expect(read(body)).toEqual({ kind: 'opt_in', phone: PHONE });
});

test.each([
  ...['Tak, będę', 'Nie mogę, stop', 'Proszę STOP.', 'Nie wiem', 'okay', 'TAK TAK', '👍', '1'],
])('%j is for a person to read', (body) => {
  expect(read(body)).toEqual({
    kind: 'reply',
    phone: PHONE,
    replyId: 'reply-1',
    body,
    response: null,
  });
});

test.each(['', ' \n '])('%j says nothing', (body) => {
  expect(read(body)).toEqual({ kind: 'other' });
});

test('a long text is cut, and what the database cannot store is replaced', () => {
  expect(read(`\0${'🐶'.repeat(1600)}`)).toMatchObject({ body: `\uFFFD${'🐶'.repeat(1599)}` });
});

test.each(['', 'PsiaLapa', '501', 'whatsapp:+48501220314'])('nothing comes from %j', (from) => {
  expect(readReply({ from, body: 'TAK', replyId: 'reply-1' })).toEqual({ kind: 'other' });
});

const SMSAPI = {
  ...{ sms_to: '48799000111', sms_from: '48501220314', sms_text: 'Tak', sms_date: '1764340000' },
  ...{ username: 'salon', MsgId: '7074294081650020450' },
};
const readSmsapi = (fields: Record<string, string> = {}) =>
  readSmsapiReply(new URLSearchParams({ ...SMSAPI, ...fields }));

test('SMSAPI names a number without its plus', async () => {
  expect(await readSmsapi()).toEqual({
    kind: 'reply',
    phone: PHONE,
    replyId: expect.stringMatching(/^[0-9a-f]{64}$/),
    body: 'Tak',
    response: 'coming',
  });
});

test('SMSAPI gives a reply no id, so it is the same one if everything in it is', async () => {
  const idOf = async (fields?: Record<string, string>) => {
    const reply = await readSmsapi(fields);
    return reply.kind === 'reply' ? reply.replyId : null;
  };
  expect(await idOf()).toBe(await idOf());
  expect(await idOf({ sms_date: '1764340001' })).not.toBe(await idOf());
  expect(await idOf({ sms_from: '48501220315' })).not.toBe(await idOf());
});

test('a post of SMSAPI without a message is ignored', async () => {
  expect(await readSmsapiReply(new URLSearchParams())).toEqual({ kind: 'other' });
});
