import type { Delivery } from '../../../../shared/calendar/deliveries.ts';

const MS_PER_HOUR = 60 * 60 * 1_000;
const HOURS = 24;

/** The starts of the last 24 hours; the last one is the current hour. */
export function lastHours(now: Date): Date[] {
  const current = Math.floor(now.getTime() / MS_PER_HOUR);
  return Array.from(
    { length: HOURS },
    (_, index) => new Date((current - HOURS + 1 + index) * MS_PER_HOUR),
  );
}

/** The number of deliveries in each hour by status. */
export function byHour(
  hours: readonly Date[],
  deliveries: readonly Delivery[],
): Record<'success' | 'processing' | 'error', number[]> {
  const first = hours[0]?.getTime() ?? 0;
  const counts = {
    success: hours.map(() => 0),
    processing: hours.map(() => 0),
    error: hours.map(() => 0),
  };
  for (const { created_at: at, status } of deliveries) {
    const hour = Math.floor((Date.parse(at) - first) / MS_PER_HOUR);
    const row = status === 'success' || status === 'error' ? counts[status] : counts.processing;
    if (hour in row) row[hour] = (row[hour] ?? 0) + 1;
  }
  return counts;
}
