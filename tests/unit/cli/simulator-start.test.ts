import { expect, test } from 'vitest';
import { readStart } from '../../../cli/simulator/start-time.ts';
import { wallTimeOf } from '../../../shared/time/wall-time.ts';

const WARSAW = 'Europe/Warsaw';

function startAt(now: string, timeZone = WARSAW): string {
  return wallTimeOf(readStart('today', timeZone, new Date(now)), timeZone);
}

test.each([
  ['at night it is at ten', '2026-11-23T23:10:00Z', '2026-11-24 10:00'],
  ['at ten it is half past ten', '2026-11-24T09:00:00Z', '2026-11-24 10:30'],
  ['during the day it is the next half hour', '2026-11-24T14:44:59Z', '2026-11-24 16:00'],
  ['late it is still today', '2026-11-24T22:31:00Z', '2026-11-24 23:59'],
  ['it is today on a day of 25 hours', '2026-10-25T22:10:00Z', '2026-10-25 23:30'],
])('today in the salon: %s', (_name, now, expected) => {
  expect(startAt(now)).toBe(expected);
});

test("today is the salon's, not the machine's", () => {
  expect(startAt('2026-11-24T23:10:00Z', 'America/New_York')).toBe('2026-11-24 18:30');
  expect(startAt('2026-11-24T23:10:00Z')).toBe('2026-11-25 10:00');
});

test('in the last minute of the day, the error says how to book tomorrow', () => {
  expect(() => startAt('2026-11-24T22:59:30Z')).toThrow(
    'today is over in Europe/Warsaw: leave --at out for tomorrow at 10:00',
  );
});
