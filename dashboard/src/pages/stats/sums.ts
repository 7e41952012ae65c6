import { mondayOf } from '../../../../shared/time/civil-date.ts';
import type { DailyStats } from '../../../../shared/calendar/salons.ts';

/** The counts of a day, or of a week with the date of its Monday. */
export type Counts = Omit<DailyStats, 'salon_id'>;

/** The totals of each week. */
export function byWeek(days: readonly DailyStats[]): Counts[] {
  const weeks = Map.groupBy(days, ({ local_date: date }) => mondayOf(date));
  return Array.from(weeks, ([monday, rows]) => ({ ...totalOf(rows), local_date: monday }));
}

/** The total of some days. */
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
