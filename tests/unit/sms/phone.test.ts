import { describe, expect, test } from 'vitest';
import { maskPhone } from '../../../shared/sms/mask-phone.ts';
import { toMobile } from '../../../supabase/functions/sms-reminders/phone.ts';

const COUNTRIES = ['PL', 'UA', 'CZ', 'SK', 'DE', 'GB'];

describe('a mobile', () => {
  test.each([
    ['Poland', '+48600100200'],
    ['Ukraine', '+380501234567'],
    ['Czechia', '+420601123456'],
    ['Slovakia', '+421905123456'],
    ['Germany', '+4915123456789'],
    ['Great Britain', '+447400123456'],
  ])('of a listed country is sent to: %s', (_country, phone) => {
    expect(toMobile(phone, COUNTRIES)).toEqual({ ok: true, e164: phone });
  });

  test.each([
    ['Russia', '+79161234567'],
    ['Guernsey, which shares +44', '+447911123456'],
    ['no country at all', '+883510000000000'],
  ])('of another one is blocked: %s', (_country, phone) => {
    expect(toMobile(phone, COUNTRIES)).toEqual({ ok: false, problem: 'country_blocked' });
  });

  test('is blocked when no country is listed', () => {
    expect(toMobile('+48600100200', [])).toEqual({ ok: false, problem: 'country_blocked' });
  });
});

test('where the database reads no number there is no phone', () => {
  expect(toMobile(null, COUNTRIES)).toEqual({ ok: false, problem: 'no_phone' });
});

describe('a phone that gets no SMS', () => {
  test.each([
    ['a landline', '+48221234567'],
    ['a toll-free number', '+48800123456'],
    ['a premium number', '+48700123456'],
    ['a number for voice over IP', '+48390123456'],
    ['with a trunk zero', '+480600100200'],
    ['with a trunk zero that the parser would leave out', '+4901512345678'],
    ['with the country twice', '+4848600100200'],
    ['too long', '+4860010020012'],
    ['too short', '+486001002'],
    ['of no country code', '+9991234567'],
    ['not in E.164', '600100200'],
    ['not in E.164, but readable', 'tel:+48600100200'],
    ['in full-width digits', '+４８６００１００２００'],
    ['with its owner', '+48600100200 (mama)'],
  ])('is not taken for a mobile: %s', (_form, phone) => {
    expect(toMobile(phone, COUNTRIES)).toEqual({ ok: false, problem: 'not_mobile' });
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
