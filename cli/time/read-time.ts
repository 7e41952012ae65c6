import { readInstant } from '../../shared/time/instant.ts';
import { instantAt } from '../../shared/time/wall-time.ts';

/** Date, time to the minute, ignored seconds, and the zone. */
const TIME_PATTERN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads a time to the minute, in its own zone, or in `timeZone` if it names none. Null if `text` is
 * not a time.
 */
export function readTime(text: string, timeZone: string): Date | null {
  const [, date, time, zone] = TIME_PATTERN.exec(text) ?? [];
  const instant = readInstant(`${date}T${time}:00${zone ?? 'Z'}`);
  if (instant === null) return null;
  return zone === undefined ? instantAt(`${date}T${time}`, timeZone) : new Date(instant);
}
