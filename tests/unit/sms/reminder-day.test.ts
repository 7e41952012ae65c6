import { describe, expect, test } from 'vitest';
import { bodyOf, SALON } from '../support/reminder-text.ts';

describe('the day of the appointment', () => {
  test.each([
    ['2026-11-24T12:00:00Z', 'dzisiaj'],
    ['2026-11-23T16:00:00Z', 'jutro'],
    ['2026-11-22T16:00:00Z', 'pojutrze'],
    ['2026-11-21T16:00:00Z', 'za 3 dni'],
  ])('seen at %s is %s', (now, when) => {
    expect(bodyOf({ template: '{{when}}', now: new Date(now) })).toBe(when);
  });

  test.each([
    ['a minute before midnight', '2026-11-23T22:59:00Z', 'jutro'],
    ['a minute after it, still yesterday in UTC', '2026-11-23T23:01:00Z', 'dzisiaj'],
  ])('is counted by dates of the salon: %s', (_moment, now, when) => {
    expect(bodyOf({ template: '{{when}}', now: new Date(now) })).toBe(when);
  });

  test('is that of the zone of the salon', () => {
    const appointments = [{ startTime: '2026-11-24T23:30:00Z', pet: null }];
    const template = '{{when}} {{date}} {{time}}';
    const inLondon = { ...SALON, timezone: 'Europe/London' };
    expect(bodyOf({ template, appointments })).toBe('pojutrze 25.11 00:30');
    expect(bodyOf({ template, appointments, salon: inLondon })).toBe('jutro 24.11 23:30');
  });

  test.each([
    ['of 23 hours', '2026-03-28T16:00:00Z', '2026-03-28T23:00:00Z', 'jutro, niedziela 29.03 00:00'],
    ['of 23 hours', '2026-03-28T16:00:00Z', '2026-03-29T07:30:00Z', 'jutro, niedziela 29.03 09:30'],
    ['of 23 hours', '2026-03-28T16:00:00Z', '2026-03-29T21:59:00Z', 'jutro, niedziela 29.03 23:59'],
    ['of 25 hours', '2026-10-24T15:00:00Z', '2026-10-24T22:00:00Z', 'jutro, niedziela 25.10 00:00'],
    ['of 25 hours', '2026-10-24T15:00:00Z', '2026-10-25T22:59:00Z', 'jutro, niedziela 25.10 23:59'],
    [
      'after one of 25',
      '2026-10-24T22:10:00Z',
      '2026-10-25T23:00:00Z',
      'jutro, poniedzialek 26.10 00:00',
    ],
    ['at new year', '2026-12-31T16:00:00Z', '2027-01-01T09:00:00Z', 'jutro, piatek 01.01 10:00'],
  ])('is right on a day %s: %s', (_day, now, startTime, text) => {
    expect(bodyOf({
      template: '{{when}}, {{weekday}} {{date}} {{time}}',
      appointments: [{ startTime, pet: null }],
      now: new Date(now),
    })).toBe(text);
  });

  test('is never raw, in UTC or with unusual spaces', () => {
    expect(bodyOf({ transliterate: false }))
      .not.toMatch(/\dT\d|\dZ|\+00|[\u00a0\u202f\u2009\u2013]/);
  });
});
