/** How far a zone's clocks are from UTC, written `+01:00`. */
export function utcOffset(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
}

/** Writes dates such as `2026-11-24` in a language. */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (date) => format.format(new Date(date));
}
