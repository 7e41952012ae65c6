const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/** Formats by zone: creating one is slower than using it, and there are only a few zones. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * A zone's offset from UTC at an instant, such as `+01:00`.
 *
 * @throws RangeError if the zone is unknown or the instant is invalid.
 */
export function utcOffset(instant: Date, timeZone: string): string {
  const parts = offsetFormat(timeZone).formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
}

/** A zone's offset from UTC at an instant, in minutes. */
export function utcOffsetMinutes(instant: Date, timeZone: string): number {
  const offset = utcOffset(instant, timeZone);
  const minutes = Number(offset.slice(1, 3)) * MINUTES_PER_HOUR + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
}

/**
 * The instant of a date and time in a zone, given as `YYYY-MM-DDTHH:MM`.
 *
 * When clocks are put forward, a skipped time is as much later; when they are put back, a repeated
 * time is the first. RFC 5545 and Temporal read both like this.
 */
export function instantAt(wallTime: string, timeZone: string): Date {
  return instantOf(new Date(`${wallTime}Z`), timeZone);
}

/** The date and time in a zone, as `YYYY-MM-DD HH:MM`. */
export function wallTimeOf(instant: Date, timeZone: string): string {
  const shown = minutesAfter(instant, utcOffsetMinutes(instant, timeZone));
  return shown.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

/** The same time of day some days later. */
export function daysAfter(instant: Date, days: number, timeZone: string): Date {
  const minutes = utcOffsetMinutes(instant, timeZone) + days * MINUTES_PER_DAY;
  return instantOf(minutesAfter(instant, minutes), timeZone);
}

/** The instant some minutes later, or earlier if negative. */
export function minutesAfter(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MS_PER_MINUTE);
}

/** The instant at which the clock of a zone shows what a clock in UTC shows at `shown`. */
function instantOf(shown: Date, timeZone: string): Date {
  // The zone's clock shows it within a day, and is changed at most once in between.
  const offsets = [-MINUTES_PER_DAY, MINUTES_PER_DAY]
    .map((minutes) => utcOffsetMinutes(minutesAfter(shown, minutes), timeZone));
  const instants = offsets.map((offset) => minutesAfter(shown, -offset));
  const isShown = (instant: Date, index: number) =>
    utcOffsetMinutes(instant, timeZone) === offsets[index];
  // A skipped time counts by the offset before the change.
  return instants.find(isShown) ?? minutesAfter(shown, -(offsets[0] ?? 0));
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = offsetFormats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  offsetFormats.set(timeZone, format);
  return format;
}
