const MS_PER_DAY = 24 * 60 * 60 * 1_000;
const DAYS_PER_WEEK = 7;

/** The date that a zone's calendars show at an instant, written `2026-11-24`. */
export function dateIn(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, date.length);
}

/** The Monday of the week in which a date lies. */
export function mondayOf(date: string): string {
  const daysSinceMonday = (new Date(date).getUTCDay() + DAYS_PER_WEEK - 1) % DAYS_PER_WEEK;
  return addDays(date, -daysSinceMonday);
}

/**
 * A span of instants that surely holds the dates from `first` to `last` of any zone on earth, and a
 * little more: whoever asks for it drops what its own dates say is outside.
 */
export function instantsAround(first: string, last: string): { from: Date; to: Date } {
  return { from: new Date(addDays(first, -1)), to: new Date(addDays(last, 2)) };
}

/** How far a zone's clocks are from UTC, written `+01:00`. */
export function utcOffset(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
}

/** Writes dates such as `2026-11-24` in a language. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions) {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (date: string) => format.format(new Date(date));
}
