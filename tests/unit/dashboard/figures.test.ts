import { expect, test } from 'vitest';
import { byWeek, totalOf } from '../../../dashboard/src/pages/stats/sums.ts';
import { byHour, lastHours } from '../../../dashboard/src/pages/sync/by-hour.ts';

const NOW = new Date('2026-11-24T10:20:00Z');

test('deliveries are counted in the hour of their arrival', () => {
  const hours = lastHours(NOW);
  const counts = byHour(hours, [
    { id: '1', created_at: '2026-11-24T10:05:00Z', status: 'success' },
    { id: '2', created_at: '2026-11-24T10:15:00Z', status: 'error' },
    { id: '3', created_at: '2026-11-23T11:00:00Z', status: 'processing' },
    { id: '4', created_at: '2026-11-23T10:59:00Z', status: 'success' },
  ]);

  expect(hours).toHaveLength(24);
  expect(hours[0]?.toISOString()).toBe('2026-11-23T11:00:00.000Z');
  expect(counts.success).toEqual([...Array.from({ length: 23 }, () => 0), 1]);
  expect(counts.error.at(-1)).toBe(1);
  expect(counts.processing[0]).toBe(1);
});

test('days add up to weeks from Monday', () => {
  const day = (local_date: string) => ({
    salon_id: 'a',
    local_date,
    appointments: 2,
    completed: 1,
    cancelled: 1,
    no_shows: 0,
  });
  const days = ['2026-11-22', '2026-11-23', '2026-11-29'].map(day);

  expect(byWeek(days)).toEqual([
    { local_date: '2026-11-16', appointments: 2, completed: 1, cancelled: 1, no_shows: 0 },
    { local_date: '2026-11-23', appointments: 4, completed: 2, cancelled: 2, no_shows: 0 },
  ]);
  expect(totalOf(days)).toEqual({ appointments: 6, completed: 3, cancelled: 3, no_shows: 0 });
});
