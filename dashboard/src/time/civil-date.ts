/** How far a zone's clocks are from UTC, written `+01:00`. */
export function utcOffset(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
}

/** Writes the days from one date to another, such as `23–29 listopada 2026`. */
export function rangeFormat(locale: string): (first: string, last: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
  return (first, last) => format.formatRange(new Date(first), new Date(last));
}

/** Writes dates such as `2026-11-24` in a language. */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (date) => format.format(new Date(date));
}
