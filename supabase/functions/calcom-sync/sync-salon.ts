import { readSnapshots, type SnapshotDelivery } from '../_shared/calcom/booking-snapshot.ts';
import { uidsOfOthers } from '../_shared/calcom/booking-uids.ts';
import { type ApiSettings, createBookingsApi } from './bookings-api.ts';
import { syncAllBookings, syncRecentBookings, type WindowDeps } from './sync-windows.ts';
import { exceptionName } from '../_shared/log.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';
import {
  type Ending,
  type LeasedSalon,
  type StopReason,
  stopReason,
  type Store,
  type SyncedRow,
} from './store.ts';
import { addCounts, type Counts, noCounts } from './counts.ts';
import type { Page } from './pagination.ts';

/** The dependencies of syncing a salon. */
export type SalonDeps = ApiSettings & {
  store: Omit<Store, 'lease'>;
  /** Whether the run's limits allow one more page. */
  mayContinue: () => boolean;
  /** Called with the number of bookings on a page. */
  onBookings: (bookings: number) => void;
};

/** The result of a salon's sync. `done`: nothing is left for the next run. */
export type SalonReport = Ending & { counts: Counts; done: boolean };

/** How many snapshots are stored in one call, which delays the salon's webhooks. */
const BATCH_SNAPSHOTS = 20;

/** Syncs a leased salon's calendar with Cal.com, and ends the lease. Never throws. */
export async function syncSalon(salon: LeasedSalon, deps: SalonDeps): Promise<SalonReport> {
  const counts = noCounts();
  let stop: StopReason | null = null;
  let done = false;
  try {
    const key = await deps.store.apiKey(salon.salon_id);
    if (!key.ok) stop = stopReason(key.code);
    else if (key.value === null) stop = stopReason('key_missing');
    else {
      const window: WindowDeps = {
        salon,
        list: createBookingsApi(key.value, deps),
        store: deps.store,
        mayContinue: deps.mayContinue,
        applyPage: (page) => applyPage(page, salon, counts, deps),
      };
      const recent = await syncRecentBookings(window);
      stop = recent.stop;
      if (stop === null && recent.asOfMs !== null) {
        ({ stop, done } = await syncAllBookings(window, recent.asOfMs));
      }
    }
  } catch (error) {
    stop = stopReason(exceptionName(error));
  }
  const ending = stop ?? { error: null, retryAfterSeconds: null };
  const released = await deps.store.release(salon, counts, ending);
  const error = ending.error ?? (released.ok ? null : released.code);
  return { counts, done, ...ending, error };
}

/** Applies a page; a booking that cannot be read is skipped and counted. */
async function applyPage(
  page: Page,
  salon: LeasedSalon,
  counts: Counts,
  { store, onBookings }: SalonDeps,
): Promise<StopReason | null> {
  counts.seen += page.bookings.length;
  onBookings(page.bookings.length);
  let batch: SnapshotDelivery[] = [];
  const storeBatch = async () => {
    if (batch.length === 0) return null;
    const synced = await store.sync(salon.salon_id, batch);
    batch = [];
    if (!synced.ok) return stopReason(synced.code);
    addCounts(counts, countsOf(synced.value));
    return null;
  };

  const known = await knownUids(page, salon, store);
  if (!known.ok) return stopReason(known.code);
  for (const booking of page.bookings) {
    const read = readSnapshots(booking, salon.cal_com_username, page.asOfMs, known.value);
    if (!read.ok) {
      counts[read.code] += 1;
      continue;
    }
    for (const { booking: { uid } } of read.snapshots) known.value.add(uid);
    batch.push(...read.snapshots);
    if (batch.length < BATCH_SNAPSHOTS) continue;
    const stop = await storeBatch();
    if (stop !== null) return stop;
  }
  return await storeBatch();
}

/** Which bookings of other hosts are the salon's all the same, because a colleague took them over. */
async function knownUids(
  { bookings }: Page,
  { salon_id, cal_com_username }: LeasedSalon,
  store: Pick<Store, 'knownUids'>,
): Promise<DatabaseResult<Set<string>>> {
  const uids = uidsOfOthers(bookings, cal_com_username);
  if (uids.length === 0) return { ok: true, value: new Set() };
  const known = await store.knownUids(salon_id, uids);
  return known.ok ? { ok: true, value: new Set(known.value) } : known;
}

function countsOf(rows: readonly SyncedRow[]): Counts {
  const counts = noCounts();
  for (const { action, snapshots } of rows) {
    // A newer database may answer with an action that this function does not know yet.
    if (action in counts) counts[action] += snapshots;
  }
  return counts;
}
