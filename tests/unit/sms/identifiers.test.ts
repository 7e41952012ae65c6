import { expect, test } from 'vitest';
import {
  readErrorCode,
  readMessageId,
  readSmsapiId,
  readTwilioSid,
} from '../../../shared/sms/identifiers.ts';

const SID = `SM${'0a'.repeat(16)}`;

test('the id of a message is a UUID, in lower case', () => {
  expect(readMessageId(' 0B1C2D3E-4F50-6172-8394-A5B6C7D8E9F0 '))
    .toBe('0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0');
  expect([null, '', 'abc'].map(readMessageId)).toEqual([null, null, null]);
});

test.each(['A1', '5F3A-_b', 'x'.repeat(64)])('SMSAPI’s id may be %j', (id) => {
  expect(readSmsapiId(id)).toBe(id);
});

test.each(['', 'x'.repeat(65), 'a b', ' a', 'a ', 'ą', 'a;b', 12, null])(
  'SMSAPI’s id cannot be %j',
  (id) => {
    expect(readSmsapiId(id)).toBeNull();
  },
);

test.each([SID, SID.replace('SM', 'MM'), SID.toUpperCase()])('Twilio’s SID may be %s', (sid) => {
  expect(readTwilioSid(sid)).toBe(sid);
});

test.each([SID.replace('SM', 'CA'), `${SID}0`, SID.slice(0, -1), `x${SID}`, `${SID} `, 7, null])(
  'Twilio’s SID cannot be %j',
  (sid) => {
    expect(readTwilioSid(sid)).toBeNull();
  },
);

test('an error code has up to six digits, as a number or a text', () => {
  expect(['0', '103', '999999', 103].map(readErrorCode)).toEqual(['0', '103', '999999', '103']);
  expect(['', '1000000', '-1', 'x1', '1x', 1.5, -1, null, true].map(readErrorCode))
    .toEqual(Array(9).fill(null));
});
