import { expect, test } from 'vitest';
import {
  addDays,
  civilDateAt,
  daysBetween,
  mondayOf,
  startOfDay,
} from '../../../shared/time/civil-date.ts';

test.each([
  ['2026-11-24', 'Europe/Warsaw', '2026-11-23T23:00:00.000Z'],
  ['2026-11-24', 'Europe/London', '2026-11-24T00:00:00.000Z'],
  ['2026-03-29', 'Europe/Warsaw', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Warsaw', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Warsaw', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', 'Europe/Warsaw', '2026-10-25T23:00:00.000Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-04-05', 'Pacific/Auckland', '2026-04-04T11:00:00.000Z'],
  ['2026-04-06', 'Pacific/Auckland', '2026-04-05T12:00:00.000Z'],
  ['2026-09-27', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z'],
  ['2026-09-28', 'Pacific/Auckland', '2026-09-27T11:00:00.000Z'],
  // Its first hour, or its first midnight of two.
  ['2026-03-29', 'Atlantic/Azores', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00.000Z'],
  ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z'],
  ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
])('%s begins in %s at %s', (date, zone, instant) => {
  expect(startOfDay(date, zone).toISOString()).toBe(instant);
});

test('an instant can be on another day in another zone', () => {
  const moment = new Date('2026-11-24T23:30:00Z');
  expect(civilDateAt(moment, 'Europe/Warsaw')).toBe('2026-11-25');
  expect(civilDateAt(moment, 'Europe/London')).toBe('2026-11-24');
});

test('days are counted on the calendar, whatever their length', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
});

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-24', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2027-01-01', '2026-12-28'],
])('the week of %s begins on %s', (date, monday) => {
  expect(mondayOf(date)).toBe(monday);
});

test.each([
  '24.11.2026',
  '2026-11-24T00:00:00Z',
  '+002026-11-24',
  '2026-1-24',
  '2026-13-01',
  ' 2026-11-24',
  '2026',
])('%j is no date', (date) => {
  expect(() => startOfDay(date, 'Europe/Warsaw')).toThrow('A date is written YYYY-MM-DD');
  expect(() => addDays(date, 1)).toThrow('A date is written YYYY-MM-DD');
});
