import { ownMember } from '../../../shared/calcom/records.ts';
import { readInstant } from '../../../shared/calcom/instant.ts';
import type { ListBookings, PageAnswer } from './bookings-api.ts';

/** By which time of theirs bookings are gone through, the earliest first. */
export const ORDERS = {
  created: { member: 'createdAt', after: 'afterCreatedAt', sort: 'sortCreated' },
  updated: { member: 'updatedAt', after: 'afterUpdatedAt', sort: 'sortUpdatedAt' },
  start: { member: 'start', after: 'afterStart', sort: 'sortStart' },
} as const;

/** A way through some of an account's bookings; times are ISO 8601, UTC. */
export type Walk = {
  by: keyof typeof ORDERS;
  from: string;
  /** Bookings that end after this are left out. */
  until?: string;
};

/**
 * A page. `reached`: how far it goes, null when there is nothing on it. `canPause`: a walk from there
 * goes on with what comes next, which it does not amid more bookings of one time than a page holds.
 */
export type Page = Extract<PageAnswer, { ok: true }> & {
  reached: string | null;
  canPause: boolean;
  last: boolean;
};

/** A page, or why the walk ends here. */
export type Step = Page | Extract<PageAnswer, { ok: false }>;

/** Cal.com's own default; it would give up to 250. */
export const PAGE_BOOKINGS = 100;

/**
 * Reads page after page. Each begins where the one before ended instead of so many bookings further
 * on, because bookings change their places meanwhile. Totals of some servers ignore the filters, so a
 * page that is not full is the last one.
 */
export async function* walk(list: ListBookings, { by, from, until }: Walk): AsyncGenerator<Step> {
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
    // Without it there is no telling where the next page would begin.
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

/** A millisecond back, for those that share the time, whether "after" includes it or not. */
function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString();
}
