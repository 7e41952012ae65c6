import { ownMember } from '../../../shared/json/records.ts';
import { readInstant } from '../../../shared/time/instant.ts';
import type { ListBookings, PageAnswer } from './bookings-api.ts';

/** The orders in which bookings can be read, the earliest first. */
const ORDERS = {
  created: { member: 'createdAt', after: 'afterCreatedAt', sort: 'sortCreated' },
  updated: { member: 'updatedAt', after: 'afterUpdatedAt', sort: 'sortUpdatedAt' },
  start: { member: 'start', after: 'afterStart', sort: 'sortStart' },
} as const;

/** Which bookings of an account to read; times are ISO 8601, UTC. */
export type BookingQuery = {
  by: keyof typeof ORDERS;
  from: string;
  /** Bookings that end after this are left out. */
  until?: string;
};

/**
 * A page. `reached`: the time of its last booking, null if it is empty. `canPause`: a query from
 * that time resumes with the next booking. It does not if more bookings share one time than fit on
 * a page.
 */
export type Page = Extract<PageAnswer, { ok: true }> & {
  reached: string | null;
  canPause: boolean;
  last: boolean;
};

/** Why there are no more pages. */
export type PageError = Extract<PageAnswer, { ok: false }>;

const SHAPE_UNKNOWN: PageError = { ok: false, code: 'page_shape_unknown', retryAfterSeconds: null };

/**
 * Reads page after page. Each begins at the time where the one before ended, and not at its
 * position, because the positions of bookings change in between.
 */
export async function* readPages(
  list: ListBookings,
  { by, from, until }: BookingQuery,
): AsyncGenerator<Page | PageError> {
  const order = ORDERS[by];
  let after = justBefore(from);
  let position: string | null = null;
  while (true) {
    const page = await list({
      [order.after]: after,
      [order.sort]: 'asc',
      ...(until === undefined ? {} : { beforeEnd: until }),
    }, position);
    if (!page.ok) return yield page;
    const times = page.bookings.map((booking) => readInstant(ownMember(booking, order.member)));
    const reached = times.at(-1) ?? null;
    const last = page.next === null;
    // Without an order, or without its last time, the start of the next page is unknown.
    if (!isAscending(times) || !last && reached === null) return yield SHAPE_UNKNOWN;
    const next = reached === null ? after : justBefore(reached);
    const canPause = next > after;
    // The same page again would never end.
    if (!canPause && !last && page.next === position) return yield SHAPE_UNKNOWN;
    yield { ...page, reached, canPause, last };
    if (last) return;
    position = canPause ? null : page.next;
    if (canPause) after = next;
  }
}

/** Whether the bookings that have a time are in its order. */
function isAscending(times: readonly (string | null)[]): boolean {
  const known = times.filter((time) => time !== null);
  return known.every((time, index) => index === 0 || (known[index - 1] ?? time) <= time);
}

/** A millisecond earlier, so that bookings of this time are included whether "after" is or not. */
function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString();
}
