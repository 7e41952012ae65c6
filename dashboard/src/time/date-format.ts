/** Formats a range of dates, such as `23–29 listopada 2026`. */
export function rangeFormat(locale: string): (first: string, last: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
  return (first, last) => format.formatRange(new Date(first), new Date(last));
}

/** Formats dates such as `2026-11-24` in a language. */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (date) => format.format(new Date(date));
}
