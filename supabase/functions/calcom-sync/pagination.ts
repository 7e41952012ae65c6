import { ownMember } from '../../../shared/json/records.ts';
import { readInstant } from '../../../shared/time/instant.ts';
import type { ListBookings, PageAnswer } from './bookings-api.ts';

/** The times of a booking that it can be read by, the earliest first. */
const ORDERS = {
  created: { member: 'createdAt', after: 'afterCreatedAt', sort: 'sortCreated' },
  updated: { member: 'updatedAt', after: 'afterUpdatedAt', sort: 'sortUpdatedAt' },
  start: { member: 'start', after: 'afterStart', sort: 'sortStart' },
} as const;

/** Which of an account's bookings to read; times are ISO 8601, UTC. */
export type BookingQuery = {
  by: keyof typeof ORDERS;
  from: string;
  /** Bookings that end after this are left out. */
  until?: string;
};

/**
 * A page. `reached`: the time of its last booking, null when it is empty. `canPause`: a query from
 * there resumes with the next booking, which it does not amid more bookings of one time than a page
 * holds.
 */
export type Page = Extract<PageAnswer, { ok: true }> & {
  reached: string | null;
  canPause: boolean;
  last: boolean;
};

/** Why there are no more pages. */
export type PageError = Extract<PageAnswer, { ok: false }>;

/** Cal.com's own default; it would give up to 250. */
const PAGE_BOOKINGS = 100;

/**
 * Reads page after page. Each begins where the one before ended instead of so many bookings further
 * on, because bookings change their places meanwhile. Totals of some servers ignore the filters, so a
 * page that is not full is the last one.
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
    // Without it, the start of the next page is unknown.
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

/** A millisecond earlier, to include bookings of the same time whether "after" is inclusive or not. */
function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString();
}
