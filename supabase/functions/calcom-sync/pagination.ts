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

/** Cal.com's own default; the maximum is 250. */
const PAGE_BOOKINGS = 100;

/**
 * Reads page after page. Each begins at the time where the one before ended, not at an offset,
 * because the positions of bookings change in between. The totals of some servers ignore the
 * filters, so the last page is recognised by not being full.
 */
export async function* readPages(
  list: ListBookings,
  { by, from, until }: BookingQuery,
): AsyncGenerator<Page | PageError> {
  const order = ORDERS[by];
  let after = justBefore(from);
  let skip = 0;
  while (true) {
    const page = await list({
      [order.after]: after,
      [order.sort]: 'asc',
      ...(until === undefined ? {} : { beforeEnd: until }),
      take: String(PAGE_BOOKINGS),
      skip: String(skip),
    });
    if (!page.ok) return yield page;
    const reached = readInstant(ownMember(page.bookings.at(-1), order.member));
    const last = page.bookings.length < PAGE_BOOKINGS;
    // Without a time, the start of the next page is unknown.
    if (!last && reached === null) {
      return yield { ok: false, code: 'unreadable', retryAfterSeconds: null };
    }
    const next = reached === null ? after : justBefore(reached);
    const canPause = next > after;
    yield { ...page, reached, canPause, last };
    if (last) return;
    skip = canPause ? 0 : skip + PAGE_BOOKINGS;
    if (canPause) after = next;
  }
}

/** A millisecond earlier, so that bookings of this time are included whether "after" is or not. */
function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString();
}
