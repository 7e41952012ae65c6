import { toInstant } from '../../../shared/calcom/instant.ts';
import type { ListBookings } from './bookings-api.ts';
import { type Stop, stopFor } from './stop.ts';
import type { ClaimedSalon, Progress, Store } from './store.ts';
import { type Page, type Walk, walk } from './walk.ts';

/** What a look through a salon's bookings uses. */
export type Look = {
  salon: ClaimedSalon;
  list: ListBookings;
  store: Pick<Store, 'note'>;
  mayGoOn: () => boolean;
  /** Takes one page into the calendar; null when all went well. */
  takePage: (page: Page) => Promise<Stop | null>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * How far before the cursor a look begins: a change may be written later than it is dated. More than
 * the minute that snapshots keep behind, so that each change is looked at once more when it has
 * settled.
 */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Seats and no-shows do not date a booking anew, so visits of these days are looked at each time. */
const SOON_MS = { before: DAY_MS, after: 2 * DAY_MS };

/** How far back the daily scan begins. */
const SCAN_BACK_MS = 2 * DAY_MS;

/** How a walk ended: `finished` when there were no more pages. */
type Walked = { stop: Stop | null; finished: boolean; asOfMs: number | null };

/**
 * What is new, what has changed, and what takes place soon. The new ones first: a booking that was
 * moved is then known to have moved. `asOfMs` is what time it is there; null when not all was seen.
 */
export async function lookAround(
  look: Look,
): Promise<{ stop: Stop | null; asOfMs: number | null }> {
  const { created_cursor, updated_cursor, scan_after, scan_is_due } = look.salon;
  const created = await follow(look, since('created', created_cursor), (page) => ({
    createdCursor: cursorAfter(page, created_cursor),
  }));
  if (!created.finished || created.asOfMs === null) return { stop: created.stop, asOfMs: null };

  const updated = await follow(look, since('updated', updated_cursor), (page) => ({
    updatedCursor: cursorAfter(page, updated_cursor),
  }));
  if (!updated.finished) return { stop: updated.stop, asOfMs: null };

  // A scan sees those as well.
  if (scan_after !== null || scan_is_due) return { stop: null, asOfMs: created.asOfMs };
  const soon: Walk = {
    by: 'start',
    from: iso(created.asOfMs - SOON_MS.before),
    until: iso(created.asOfMs + SOON_MS.after),
  };
  const { stop, finished } = await follow(look, soon, () => ({}));
  return { stop, asOfMs: finished ? created.asOfMs : null };
}

/**
 * Goes through all bookings from some start on: once a day from two days ago, or from where a
 * backfill was asked to begin. One that is interrupted goes on in the next run.
 */
export async function scan(
  look: Look,
  asOfMs: number,
): Promise<{ stop: Stop | null; done: boolean }> {
  const { scan_after, scan_is_due } = look.salon;
  if (scan_after === null && !scan_is_due) return { stop: null, done: true };

  const isNew = scan_after === null;
  const from = scan_after ?? iso(asOfMs - SCAN_BACK_MS);
  let { scan_total: total, scan_done: done } = isNew
    ? { scan_total: null, scan_done: 0 }
    : look.salon;
  const { stop, finished } = await follow(look, { by: 'start', from }, (page) => {
    const ahead = page.total ?? page.bookings.length;
    total ??= done + ahead;
    done = Math.max(done, total - ahead + page.bookings.length);
    return {
      scanAfter: page.last ? null : page.reached,
      scanTotal: total,
      scanDone: page.last ? total : done,
      ...(isNew ? { scanFrom: from } : {}),
    };
  });
  return { stop, done: finished };
}

/** A salon that is new begins with the day before: the first scan sees the rest. */
function since(by: 'created' | 'updated', cursor: string | null): Walk {
  const from = cursor === null ? Date.now() - DAY_MS : Date.parse(cursor) - OVERLAP_MS;
  return { by, from: iso(from) };
}

/** As far as the page goes; what it is there now, for an account in which nothing was found yet. */
function cursorAfter({ reached, asOfMs }: Page, cursor: string | null): string {
  return reached ?? cursor ?? iso(asOfMs);
}

/** Takes in page after page, and notes after each how far it has come. */
async function follow(
  { salon, list, store, mayGoOn, takePage }: Look,
  way: Walk,
  progress: (page: Page) => Progress,
): Promise<Walked> {
  let asOfMs: number | null = null;
  const ended = (stop: Stop | null, finished: boolean): Walked => ({ stop, finished, asOfMs });
  if (!mayGoOn()) return ended(null, false);
  for await (const page of walk(list, way)) {
    if (!page.ok) return ended(stopFor(page.code, page.retryAfterSeconds), false);
    asOfMs ??= page.asOfMs;
    const stop = await takePage(page);
    if (stop !== null) return ended(stop, false);
    const noted = await store.note(salon, progress(page));
    if (!noted.ok) return ended(stopFor(noted.code), false);
    if (!noted.value) return ended(stopFor('lease_lost'), false);
    if (page.canPause && !page.last && !mayGoOn()) return ended(null, false);
  }
  return ended(null, true);
}

function iso(ms: number): string {
  return toInstant(ms) ?? new Date(0).toISOString();
}
