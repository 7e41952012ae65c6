/** A date on a wall calendar, such as `2026-11-24`. */
export type CivilDate = string;

const CIVIL_DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const MS_PER_MINUTE = 60_000;

/** The date that a zone's calendar shows at an instant. */
export function civilDateAt(instant: Date, timeZone: string): CivilDate {
  return new Date(asUtc(instant, timeZone)).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The date some days later, or earlier. */
export function addDays(date: CivilDate, days: number): CivilDate {
  const [year, month, day] = partsOf(date);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, date.length);
}

/** The Monday of the week in which a date lies. */
export function mondayOf(date: CivilDate): CivilDate {
  const [year, month, day] = partsOf(date);
  const daysSinceMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return addDays(date, -daysSinceMonday);
}

/** The instant at which a date begins in a zone. */
export function startOfDay(date: CivilDate, timeZone: string): Date {
  const [year, month, day] = partsOf(date);
  const midnight = Date.UTC(year, month - 1, day);
  const offsetAt = (ms: number) => asUtc(new Date(ms), timeZone) - ms;
  const close = midnight - offsetAt(midnight);
  // The clocks may change between the two.
  return new Date(midnight - offsetAt(close));
}

function partsOf(date: CivilDate): [year: number, month: number, day: number] {
  const [, year, month, day] = CIVIL_DATE.exec(date) ?? [];
  if (day === undefined) throw new RangeError('A date is written YYYY-MM-DD');
  return [Number(year), Number(month), Number(day)];
}

/** What a zone's calendar and clock show, to the minute, as if it were UTC. */
function asUtc(instant: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
  );
  return shown + instant.getTime() % MS_PER_MINUTE;
}
