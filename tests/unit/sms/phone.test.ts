import { describe, expect, test } from 'vitest';
import { maskPhone } from '../../../shared/sms/mask-phone.ts';
import { toMobile } from '../../../supabase/functions/sms-reminders/phone.ts';

const COUNTRIES = ['PL', 'UA', 'CZ', 'SK', 'DE', 'GB'];

describe('a Polish mobile', () => {
  test.each([
    ['without a country', '600100200'],
    ['in groups', '600 100 200'],
    ['with dots', '600.100.200'],
    ['with 00', '0048600100200'],
    ['with 00 and dashes', '0048 600-100-200'],
    ['with a country and no plus', '48600100200'],
    ['with the country in brackets', '(+48) 600100200'],
    ['as a link', 'tel:+48600100200'],
    ['in full-width digits', '６００１００２００'],
    ['between direction marks', '\u202a+48 600 100 200\u202c'],
    ['with no-break spaces', '600\u00a0100\u00a0200'],
    ['with narrow no-break spaces', '+48\u202f600\u202f100\u202f200'],
    ['with no-break hyphens', '600\u2011100\u2011200'],
    ['over two lines', '600 100\n200'],
    ['with its owner', '600-100-200 (mama)'],
    ['with a name after it', '600100200 Anna'],
    ['with a word before it', 'tel. 600100200'],
  ])('is read %s', (_form, raw) => {
    expect(toMobile(raw, COUNTRIES)).toEqual({ ok: true, e164: '+48600100200' });
  });
});

describe('a foreign mobile', () => {
  test.each([
    ['Ukraine', '+380 50 123 45 67', '+380501234567'],
    ['Czechia', '+420 601 123 456', '+420601123456'],
    ['Slovakia', '+421 905 123 456', '+421905123456'],
    ['Germany', '0049 1512 3456789', '+4915123456789'],
    ['Great Britain', '+44 7400 123456', '+447400123456'],
  ])('of a listed country is read: %s', (_country, raw, e164) => {
    expect(toMobile(raw, COUNTRIES)).toEqual({ ok: true, e164 });
  });

  test.each([
    ['Russia', '+7 916 123 45 67'],
    ['Guernsey, which shares +44', '+44 7911 123456'],
    ['no country at all', '+883510000000000'],
  ])('of another one is blocked: %s', (_country, raw) => {
    expect(toMobile(raw, COUNTRIES)).toEqual({ ok: false, problem: 'country_blocked' });
  });

  test('is blocked when no country is listed', () => {
    expect(toMobile('+48600100200', [])).toEqual({ ok: false, problem: 'country_blocked' });
  });
});

describe('what is not a phone number', () => {
  test.each([
    null,
    '',
    ' \u00a0 ',
    'abc',
    '+',
    '++48600100200',
    '600100200/600100201',
    '600100200 600100201',
    '600100200 lub 600100201',
  ])('is not read: %j', (raw) => {
    expect(toMobile(raw, COUNTRIES)).toEqual({ ok: false, problem: 'no_phone' });
  });
});

describe('a phone that gets no SMS', () => {
  test.each([
    ['a landline', '22 123 45 67'],
    ['a toll-free number', '800 123 456'],
    ['a premium number', '700 123 456'],
    ['a number for voice over IP', '+48 390 123 456'],
    ['an emergency number', '112'],
    ['with a trunk zero', '0 600 100 200'],
    ['with a trunk zero in brackets', '+48 (0) 600 100 200'],
    ['with the country twice', '48 48 600 100 200'],
    ['too long', '+4860010020012'],
    ['too short', '+486001002'],
    ['with a letter O for the last zero', '+48 600 100 20O'],
    ['two numbers after a comma', '600100200, 600100201'],
    ['two numbers after a semicolon', '600100200;600100201'],
    ['a number with an extension', '600 100 200 x5'],
  ])('is not taken for a mobile: %s', (_form, raw) => {
    expect(toMobile(raw, COUNTRIES)).toEqual({ ok: false, problem: 'not_mobile' });
  });
});

describe('a phone in a log', () => {
  test.each([
    ['+48600100314', '+48•••••314'],
    ['+380501234567', '+38•••••567'],
  ])('%s is written %s', (e164, masked) => {
    expect(maskPhone(e164)).toBe(masked);
  });

  test.each(['600100200', '+48 600 100 200', '+4812345', 'Anna', ''])(
    'is hidden completely if it is not an E.164 number: %j',
    (text) => expect(maskPhone(text)).toBe('•••••'),
  );
});
