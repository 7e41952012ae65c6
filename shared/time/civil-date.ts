import { instantAt, wallTimeOf } from './wall-time.ts';

/** A date on a calendar, such as `2026-11-24`. */
export type CivilDate = string;

const CIVIL_DATE = /^\d{4}-\d\d-\d\d$/;
const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** The date that a zone's calendar shows at an instant. */
export function civilDateAt(instant: Date, timeZone: string): CivilDate {
  return wallTimeOf(instant, timeZone).slice(0, 'YYYY-MM-DD'.length);
}

/** The date some days later, or earlier. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date((dayNumber(date) + days) * MS_PER_DAY).toISOString().slice(0, date.length);
}

/** How many days the second date is after the first. */
export function daysBetween(first: CivilDate, second: CivilDate): number {
  return dayNumber(second) - dayNumber(first);
}

/** The Monday of the week in which a date lies. */
export function mondayOf(date: CivilDate): CivilDate {
  const daysSinceMonday = (new Date(dayNumber(date) * MS_PER_DAY).getUTCDay() + 6) % 7;
  return addDays(date, -daysSinceMonday);
}

/** The instant at which a date begins in a zone. */
export function startOfDay(date: CivilDate, timeZone: string): Date {
  assertCivilDate(date);
  return instantAt(`${date}T00:00`, timeZone);
}

/** Days since 1 January 1970 on the calendar, whatever their length. */
function dayNumber(date: CivilDate): number {
  assertCivilDate(date);
  return Date.parse(date) / MS_PER_DAY;
}

function assertCivilDate(date: CivilDate): void {
  if (!CIVIL_DATE.test(date) || Number.isNaN(Date.parse(date))) {
    throw new RangeError('A date is written YYYY-MM-DD');
  }
}
