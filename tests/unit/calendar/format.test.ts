import { expect, test } from 'vitest';
import { createFormat } from '../../../shared/calendar/format.ts';

test('times and dates are in the salon’s zone and in Polish', () => {
  const warsaw = createFormat('Europe/Warsaw');
  expect(warsaw.formatTime('2026-11-24T23:30:00Z')).toBe('00:30');
  expect(warsaw.formatDate('2026-11-24T23:30:00Z')).toBe('25 listopada 2026');
  expect(warsaw.formatDateWithWeekday('2026-11-24T23:30:00Z')).toBe('środa, 25 listopada 2026');
});

test('another zone has another time at the same instant', () => {
  const london = createFormat('Europe/London');
  expect(london.formatTime(new Date('2026-11-24T23:30:00Z'))).toBe('23:30');
  expect(london.formatDate(new Date('2026-11-24T23:30:00Z'))).toBe('24 listopada 2026');
});

test('the time is right before and after a clock change', () => {
  const { formatTime } = createFormat('Europe/Warsaw');
  expect(['00:59', '01:00'].map((time) => formatTime(`2026-03-29T${time}:00Z`)))
    .toEqual(['01:59', '03:00']);
  expect(['00:59', '01:00'].map((time) => formatTime(`2026-10-25T${time}:00Z`)))
    .toEqual(['02:59', '02:00']);
});

test('other languages are possible', () => {
  expect(createFormat('Europe/Warsaw', 'en-GB').formatDateWithWeekday('2026-11-24T10:00:00Z'))
    .toMatch(/^Tuesday,? 24 November 2026$/);
});
