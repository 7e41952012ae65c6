import { toInstant } from '../../../shared/time/instant.ts';
import type { ListBookings } from './bookings-api.ts';
import {
  type LeasedSalon,
  type Progress,
  type StopReason,
  stopReason,
  type Store,
} from './store.ts';
import { type BookingQuery, type Page, readPages } from './pagination.ts';

/** The dependencies of syncing a window of a salon's bookings. */
export type WindowDeps = {
  salon: LeasedSalon;
  list: ListBookings;
  store: Pick<Store, 'saveProgress'>;
  mayContinue: () => boolean;
  /** Applies one page to the calendar; null if that succeeded. */
  applyPage: (page: Page) => Promise<StopReason | null>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * How far before the cursor a window begins, since a change may be written later than it is dated.
 * Longer than the minute by which snapshots lag, so that each change is read once more when it has
 * settled.
 */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Seats and no-shows do not change `updatedAt`, so these days are read every time. */
const SOON_MS = { before: DAY_MS, after: 2 * DAY_MS };

/** How far back the daily scan begins. */
const SCAN_BACK_MS = 2 * DAY_MS;

/** The result of a window; `finished`: there are no more pages. */
type WindowResult = { stop: StopReason | null; finished: boolean; asOfMs: number | null };

/**
 * Syncs the bookings that are new, that have changed, and that take place soon. New ones come
 * first, so that the replacement of a moved booking is known before the move. `asOfMs`: the time at
 * Cal.com; null if not everything was read.
 */
export async function syncRecentBookings(
  deps: WindowDeps,
): Promise<{ stop: StopReason | null; asOfMs: number | null }> {
  const { created_cursor, updated_cursor, scan_after, scan_is_due } = deps.salon;
  const created = await syncWindow(deps, since('created', created_cursor), (page) => ({
    createdCursor: cursorAfter(page, created_cursor),
  }));
  if (!created.finished || created.asOfMs === null) return { stop: created.stop, asOfMs: null };

  const updated = await syncWindow(deps, since('updated', updated_cursor), (page) => ({
    updatedCursor: cursorAfter(page, updated_cursor),
  }));
  if (!updated.finished) return { stop: updated.stop, asOfMs: null };

  // A scan includes these bookings.
  if (scan_after !== null || scan_is_due) return { stop: null, asOfMs: created.asOfMs };
  const soon: BookingQuery = {
    by: 'start',
    from: iso(created.asOfMs - SOON_MS.before),
    until: iso(created.asOfMs + SOON_MS.after),
  };
  const { stop, finished } = await syncWindow(deps, soon, () => ({}));
  return { stop, asOfMs: finished ? created.asOfMs : null };
}

/**
 * Syncs all bookings from a start on: once a day from two days ago, or from the start of a
 * backfill. An interrupted scan resumes in the next run.
 */
export async function syncAllBookings(
  deps: WindowDeps,
  asOfMs: number,
): Promise<{ stop: StopReason | null; done: boolean }> {
  const { scan_after, scan_is_due } = deps.salon;
  if (scan_after === null && !scan_is_due) return { stop: null, done: true };

  const isNew = scan_after === null;
  const from = scan_after ?? iso(asOfMs - SCAN_BACK_MS);
  let { scan_total: total, scan_done: done } = isNew
    ? { scan_total: null, scan_done: 0 }
    : deps.salon;
  const { stop, finished } = await syncWindow(deps, { by: 'start', from }, (page) => {
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

/** A new salon begins with the day before: the first scan includes the rest. */
function since(by: 'created' | 'updated', cursor: string | null): BookingQuery {
  const from = cursor === null ? Date.now() - DAY_MS : Date.parse(cursor) - OVERLAP_MS;
  return { by, from: iso(from) };
}

/** The last time on the page; for an account without any bookings yet, the time at Cal.com. */
function cursorAfter({ reached, asOfMs }: Page, cursor: string | null): string {
  return reached ?? cursor ?? iso(asOfMs);
}

/** Applies page after page, and saves the progress after each. */
async function syncWindow(
  { salon, list, store, mayContinue, applyPage }: WindowDeps,
  query: BookingQuery,
  progress: (page: Page) => Progress,
): Promise<WindowResult> {
  let asOfMs: number | null = null;
  const ended = (stop: StopReason | null, finished: boolean): WindowResult => ({
    stop,
    finished,
    asOfMs,
  });
  if (!mayContinue()) return ended(null, false);
  for await (const page of readPages(list, query)) {
    if (!page.ok) return ended(stopReason(page.code, page.retryAfterSeconds), false);
    asOfMs ??= page.asOfMs;
    const stop = await applyPage(page);
    if (stop !== null) return ended(stop, false);
    const saved = await store.saveProgress(salon, progress(page));
    if (!saved.ok) return ended(stopReason(saved.code), false);
    if (!saved.value) return ended(stopReason('lease_lost'), false);
    if (page.canPause && !page.last && !mayContinue()) return ended(null, false);
  }
  return ended(null, true);
}

function iso(ms: number): string {
  return toInstant(ms) ?? new Date(0).toISOString();
}
