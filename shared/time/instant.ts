import { datetimeRegex } from 'zod/v3';

/** Years outside this range are mistakes; Postgres reads only four-digit years as ISO. */
const EARLIEST_MS = Date.UTC(1970, 0);
const LATEST_MS = Date.UTC(3000, 0);

/**
 * Cal.com writes `…T08:00:00Z`, `…T08:00:00.000Z` and, in cancellations, the offset of its own
 * server (`…T10:00:00+02:00`). A time without a zone would differ from machine to machine.
 */
const ZONED_DATE_TIME = datetimeRegex({ offset: true });

/** Converts an ISO 8601 time with a zone to ISO UTC with milliseconds; null if it is not one. */
export function readInstant(value: unknown): string | null {
  return typeof value === 'string' && ZONED_DATE_TIME.test(value)
    ? toInstant(Date.parse(value))
    : null;
}

/** Milliseconds since 1970 as ISO UTC; null outside the years 1970 to 2999. */
export function toInstant(epochMs: number): string | null {
  const known = epochMs >= EARLIEST_MS && epochMs < LATEST_MS;
  return known ? new Date(epochMs).toISOString() : null;
}
