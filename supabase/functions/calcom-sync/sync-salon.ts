import { readSnapshots, type SnapshotDelivery } from '../../../shared/calcom/booking-snapshot.ts';
import { type ApiSettings, createBookingsApi } from './bookings-api.ts';
import { lookAround, scan } from './looks.ts';
import { type Stop, stopFor } from './stop.ts';
import type { ClaimedSalon, Ending, Store } from './store.ts';
import { addCounts, type Counts, noCounts } from './tally.ts';
import type { Page } from './walk.ts';

/** What syncing a salon uses from outside. */
export type SalonDeps = ApiSettings & {
  store: Omit<Store, 'claim'>;
  /** Whether there is time, and room, for one more page. */
  mayGoOn: () => boolean;
  /** Tells how many bookings were seen. */
  onSeen: (bookings: number) => void;
};

/** What a run did for a salon. `done`: nothing is left for the next run to go on with. */
export type SalonReport = Ending & { counts: Counts; done: boolean };

/** Snapshots handed over at once: the salon's webhooks wait for as long as that takes. */
const BATCH_SNAPSHOTS = 20;

/** Brings a leased salon's calendar in line with Cal.com, and ends the lease. Never throws. */
export async function syncSalon(salon: ClaimedSalon, deps: SalonDeps): Promise<SalonReport> {
  const counts = noCounts();
  let stop: Stop | null = null;
  let done = false;
  try {
    const key = await deps.store.apiKey(salon.salon_id);
    if (!key.ok) stop = stopFor(key.code);
    else if (key.value === null) stop = stopFor('key_missing');
    else {
      const look = {
        salon,
        list: createBookingsApi(key.value, deps),
        store: deps.store,
        mayGoOn: deps.mayGoOn,
        takePage: (page: Page) => takePage(page, salon, counts, deps),
      };
      const around = await lookAround(look);
      stop = around.stop;
      if (stop === null && around.asOfMs !== null) {
        ({ stop, done } = await scan(look, around.asOfMs));
      }
    }
  } catch (error) {
    stop = stopFor(error instanceof Error ? error.name : 'exception');
  }
  const ending = stop ?? { error: null, retryAfterSeconds: null };
  const released = await deps.store.release(salon, counts, ending);
  const error = ending.error ?? (released.ok ? null : released.code);
  return { counts, done, ...ending, error };
}

/** A booking that cannot be read costs nothing but itself. */
async function takePage(
  page: Page,
  { salon_id, cal_com_username }: ClaimedSalon,
  counts: Counts,
  { store, onSeen }: SalonDeps,
): Promise<Stop | null> {
  counts.seen += page.bookings.length;
  onSeen(page.bookings.length);
  let batch: SnapshotDelivery[] = [];
  const handOver = async () => {
    if (batch.length === 0) return null;
    const synced = await store.sync(salon_id, batch);
    batch = [];
    if (!synced.ok) return stopFor(synced.code);
    addCounts(counts, countsOf(synced.value));
    return null;
  };

  for (const booking of page.bookings) {
    const read = readSnapshots(booking, cal_com_username, page.asOfMs);
    if (!read.ok) {
      counts[read.code] += 1;
      continue;
    }
    batch.push(...read.snapshots);
    if (batch.length < BATCH_SNAPSHOTS) continue;
    const stop = await handOver();
    if (stop !== null) return stop;
  }
  return await handOver();
}

function countsOf(rows: readonly { action: string; snapshots: number }[]): Counts {
  const counts = noCounts();
  for (const { action, snapshots } of rows) {
    if (action in counts) counts[action as keyof Counts] += snapshots;
  }
  return counts;
}
