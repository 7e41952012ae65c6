import { describe, expect, test } from 'vitest';
import {
  daysAfter,
  instantAt,
  utcOffset,
  utcOffsetMinutes,
  wallTimeOf,
} from '../../../shared/time/wall-time.ts';

describe('the instant of a wall time', () => {
  test.each([
    ['2026-11-24T09:30', 'Europe/Warsaw', '2026-11-24T08:30'],
    ['2026-11-24T09:30', 'Asia/Kathmandu', '2026-11-24T03:45'],
    ['2026-11-24T09:30', 'America/St_Johns', '2026-11-24T13:00'],
    ['2026-11-24T09:30', 'UTC', '2026-11-24T09:30'],
    // Beside a change of the clocks, on either side of Greenwich.
    ['2026-03-29T01:59', 'Europe/Warsaw', '2026-03-29T00:59'],
    ['2026-03-29T03:00', 'Europe/Warsaw', '2026-03-29T01:00'],
    ['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00'],
    ['2026-10-25T03:00', 'Europe/Warsaw', '2026-10-25T02:00'],
    ['2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00'],
  ])('%s in %s is %s UTC', (wallTime, zone, utc) => {
    expect(instantAt(wallTime, zone).toISOString().slice(0, 16)).toBe(utc);
  });

  test.each([
    ['2026-03-29T02:30', 'Europe/Warsaw', '2026-03-29 03:30'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08 03:30'],
    ['2026-03-29T00:30', 'Atlantic/Azores', '2026-03-29 01:30'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-04 02:45'],
  ])('%s, which the clock in %s skips, is %s', (wallTime, zone, shown) => {
    expect(wallTimeOf(instantAt(wallTime, zone), zone)).toBe(shown);
  });

  test.each([
    ['2026-10-25T02:30', 'Europe/Warsaw', '2026-10-25T00:30'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-10-25T00:30', 'Atlantic/Azores', '2026-10-25T00:30'],
  ])('%s, which the clock in %s shows twice, is the first', (wallTime, zone, utc) => {
    expect(instantAt(wallTime, zone).toISOString().slice(0, 16)).toBe(utc);
  });
});

describe('the same time of day some days later', () => {
  test.each([
    ['2026-03-28T09:30', 1, 'Europe/Warsaw', '2026-03-29 09:30'],
    ['2026-10-24T23:30', 1, 'Europe/Warsaw', '2026-10-25 23:30'],
    ['2026-03-30T00:30', -2, 'Europe/Warsaw', '2026-03-28 00:30'],
    ['2026-03-07T23:30', 1, 'America/New_York', '2026-03-08 23:30'],
    ['2026-03-28T00:30', 1, 'Atlantic/Azores', '2026-03-29 01:30'],
    ['2026-11-24T09:30', 0, 'Europe/Warsaw', '2026-11-24 09:30'],
  ])('%s and %i days in %s is %s', (wallTime, days, zone, shown) => {
    expect(wallTimeOf(daysAfter(instantAt(wallTime, zone), days, zone), zone)).toBe(shown);
  });

  test('has the same seconds', () => {
    const instant = new Date('2026-11-24T08:30:12.345Z');
    expect(daysAfter(instant, 1, 'Europe/Warsaw').toISOString()).toBe('2026-11-25T08:30:12.345Z');
  });
});

test.each([
  ['Europe/Warsaw', '+01:00', 60],
  ['Asia/Kathmandu', '+05:45', 345],
  ['America/St_Johns', '-03:30', -210],
  ['UTC', '+00:00', 0],
])('the offset of %s is %s in November', (zone, offset, minutes) => {
  const instant = new Date('2026-11-24T12:00:00Z');
  expect(utcOffset(instant, zone)).toBe(offset);
  expect(utcOffsetMinutes(instant, zone)).toBe(minutes);
});

test('an unknown zone is refused', () => {
  expect(() => utcOffset(new Date(), 'Europe/Psi')).toThrow(RangeError);
});
