import { mondayOf } from '../../../../shared/time/civil-date.ts';
import type { DailyStats } from '../../../../shared/calendar/salons.ts';

/** Counts of a day, or of a week under the date of its Monday. */
export type Counts = Omit<DailyStats, 'salon_id'>;

/** Adds days up to weeks. */
export function byWeek(days: readonly DailyStats[]): Counts[] {
  const weeks = Map.groupBy(days, ({ local_date: date }) => mondayOf(date));
  return Array.from(weeks, ([monday, rows]) => ({ ...totalOf(rows), local_date: monday }));
}

/** Adds days up. */
export function totalOf(days: readonly DailyStats[]): Omit<Counts, 'local_date'> {
  const sum = { appointments: 0, completed: 0, cancelled: 0, no_shows: 0 };
  for (const day of days) {
    sum.appointments += day.appointments;
    sum.completed += day.completed;
    sum.cancelled += day.cancelled;
    sum.no_shows += day.no_shows;
  }
  return sum;
}
