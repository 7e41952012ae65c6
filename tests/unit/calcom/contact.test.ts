import { expect, test } from 'vitest';
import {
  phoneInPlaceholder,
  readEmail,
  readPhone,
  sameEmail,
} from '../../../shared/calcom/contact.ts';

const longest = `${'x'.repeat(254 - '@poczta.pl'.length)}@poczta.pl`;

test.each([
  ['zofia@poczta.example', 'zofia@poczta.example'],
  ['  Zofia@Poczta.Example ', 'zofia@poczta.example'],
  ['z.o+1@a-b.co.uk', 'z.o+1@a-b.co.uk'],
  [longest, longest],
  ['sms.cal.com@poczta.pl', 'sms.cal.com@poczta.pl'],
  ['a@sms.cal.com.pl', 'a@sms.cal.com.pl'],
])('the address %j is read as %s', (value, email) => {
  expect(readEmail(value)).toBe(email);
});

test.each([
  ...['', 'zofia', '@poczta.pl', 'zofia@', 'zofia@poczta', 'zofia@poczta.', 'a b@poczta.pl'],
  ...['a@b@poczta.pl', 'a@poczta.pl, b@poczta.pl', '<a@poczta.pl>', 'a@po czta.pl', 'a"@poczta.pl'],
  ...[`x${longest}`, '48501220314@sms.cal.com', '+48501220314@temp.groomio.app', 'a@temp.pl'],
  ...[null, undefined, 7, ['a@poczta.pl']],
])('%j is no address', (value) => {
  expect(readEmail(value)).toBeNull();
});

test.each(['501220314', '+48501220314', '(0048) 501-220.314', '1234567', '+123456789012345'])(
  'the number %j is kept as it was typed',
  (value) => {
    expect(readPhone(` ${value} `)).toBe(value);
  },
);

test.each([
  ...['', '123456', '1234567890123456', '+', '501220314x', 'x501220314', '++48501220314', '50/12'],
  ...[`501220314${' '.repeat(28)}-------`, null, 501220314],
])('%j is no number', (value) => {
  expect(readPhone(value)).toBeNull();
});

test('a number may be written in forty characters', () => {
  expect(readPhone('501220314'.padEnd(40, '-'))).not.toBeNull();
  expect(readPhone('501220314'.padEnd(41, '-'))).toBeNull();
});

test.each([
  ['48501220314@sms.cal.com', '+48501220314'],
  ['+48501220314@sms.cal.com', '+48501220314'],
  [' 48501220314@SMS.cal.com ', '+48501220314'],
  ['1234567@sms.cal.com', '+1234567'],
  ['+48501220314@temp.groomio.app', '+48501220314'],
  ['501220314@temp.groomio.app', '501220314'],
])('the placeholder %j has the number %s', (value, phone) => {
  expect(phoneInPlaceholder(value)).toBe(phone);
});

test.each([
  ...['123456@sms.cal.com', '1234567890123456@sms.cal.com', 'a48501220314@sms.cal.com'],
  ...['48501220314@sms.cal.com.pl', '48501220314@smsxcal.com', '48501220314@sms.calxcom'],
  ...['123456@temp.groomio.app', 'x501220314@temp.groomio.app', '501220314@tempx', '501220314', 7],
])('%j has no number', (value) => {
  expect(phoneInPlaceholder(value)).toBeNull();
});

test('addresses are the same in any case, and no address is the same as none', () => {
  expect(sameEmail('A@poczta.pl ', 'a@Poczta.pl')).toBe(true);
  expect(sameEmail('1@sms.cal.com', '1@sms.cal.com')).toBe(true);
  expect([sameEmail('a@poczta.pl', 'b@poczta.pl'), sameEmail('', ' '), sameEmail(null, null)])
    .toEqual([false, false, false]);
});
