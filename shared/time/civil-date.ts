import { instantAt, wallTimeOf } from './wall-time.ts';

/** A date on a calendar, such as `2026-11-24`. */
export type CivilDate = string;

const CIVIL_DATE = /^\d{4}-\d\d-\d\d$/;
const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** The date in a zone at an instant. */
export function civilDateAt(instant: Date, timeZone: string): CivilDate {
  return wallTimeOf(instant, timeZone).slice(0, 'YYYY-MM-DD'.length);
}

/** The date some days later, or earlier if negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date((dayNumber(date) + days) * MS_PER_DAY).toISOString().slice(0, date.length);
}

/** The number of days from the first date to the second. */
export function daysBetween(first: CivilDate, second: CivilDate): number {
  return dayNumber(second) - dayNumber(first);
}

/** The Monday of a date's week. */
export function mondayOf(date: CivilDate): CivilDate {
  const daysSinceMonday = (new Date(dayNumber(date) * MS_PER_DAY).getUTCDay() + 6) % 7;
  return addDays(date, -daysSinceMonday);
}

/** The instant at which a date begins in a zone. */
export function startOfDay(date: CivilDate, timeZone: string): Date {
  assertCivilDate(date);
  return instantAt(`${date}T00:00`, timeZone);
}

/** Calendar days since 1 January 1970, whatever their length in hours. */
function dayNumber(date: CivilDate): number {
  assertCivilDate(date);
  return Date.parse(date) / MS_PER_DAY;
}

function assertCivilDate(date: CivilDate): void {
  if (!CIVIL_DATE.test(date) || Number.isNaN(Date.parse(date))) {
    throw new RangeError('A date is written YYYY-MM-DD');
  }
}
