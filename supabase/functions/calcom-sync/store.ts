import type { Json } from '../../../shared/database.types.ts';
import type { DataApi } from '../_shared/data-api.ts';
import {
  callFunction,
  type DatabaseResult,
  databaseResult,
  type FunctionRow,
} from '../_shared/rpc.ts';
import type { SnapshotDelivery } from '../_shared/calcom/booking-snapshot.ts';
import type { Counts } from './counts.ts';

/** A salon that a run has leased, and the progress of earlier runs. */
export type LeasedSalon = FunctionRow<'calcom_sync_claim'>;

/** Where to continue, as `calcom_sync_save_progress` expects it. */
export type Progress = {
  createdCursor?: string;
  updatedCursor?: string;
  scanFrom?: string;
  scanAfter?: string | null;
  scanTotal?: number;
  scanDone?: number;
};

/** The end of a salon's sync. */
export type Ending = { error: string | null; retryAfterSeconds: number | null };

/** Why a salon's sync ended early. */
export type StopReason = Ending & { error: string };

/** The number of snapshots with the same result. */
export type SyncedRow = Pick<FunctionRow<'sync_bookings'>, 'action' | 'snapshots'>;

/** The database functions of a run. None of them throws. */
export type Store = {
  /** Leases the salon that has been due longest, or this one; null if none is due or free. */
  lease(salonId?: string, from?: string): Promise<DatabaseResult<LeasedSalon | null>>;
  apiKey(salonId: string): Promise<DatabaseResult<string | null>>;
  /** Those of these uids that an appointment of the salon has or had. */
  knownUids(salonId: string, uids: readonly string[]): Promise<DatabaseResult<string[]>>;
  /** Stores snapshots of bookings. */
  sync(salonId: string, snapshots: SnapshotDelivery[]): Promise<DatabaseResult<SyncedRow[]>>;
  /** Saves the progress; false if another run holds the lease. */
  saveProgress(salon: LeasedSalon, progress: Progress): Promise<DatabaseResult<boolean>>;
  release(salon: LeasedSalon, counts: Counts, ending: Ending): Promise<DatabaseResult<boolean>>;
};

const DATABASE_TIMEOUT_MS = 15_000;

/** An address with more of them could be too long for a server on the way. */
const MAX_UIDS_ASKED = 50;

/** Why a sync stops, and when it can be retried. */
export function stopReason(
  error: string,
  retryAfterSeconds: number | null = null,
): StopReason {
  return { error, retryAfterSeconds };
}

/** Connects to the database with a key that can write. */
export function createStore(client: DataApi): Store {
  const leaseOf = ({ salon_id, lease_token }: LeasedSalon) => ({
    p_salon_id: salon_id,
    p_lease_token: lease_token,
  });
  return {
    lease: async (salonId, from) => {
      const args = { p_salon_id: salonId ?? null, p_from: from ?? null };
      const leased = await callFunction(client, 'calcom_sync_claim', args, DATABASE_TIMEOUT_MS);
      return leased.ok ? { ok: true, value: leased.value[0] ?? null } : leased;
    },
    apiKey: (salonId) =>
      callFunction(client, 'calcom_api_key', { p_salon_id: salonId }, DATABASE_TIMEOUT_MS),
    knownUids: async (salonId, uids) => {
      const all: string[] = [];
      for (let from = 0; from < uids.length; from += MAX_UIDS_ASKED) {
        const asked = uids.slice(from, from + MAX_UIDS_ASKED);
        const known = await databaseResult(
          client.from('calendar_event_uids').select('booking_uid, calendar_events!inner()')
            .eq('calendar_events.salon_id', salonId).in('booking_uid', asked)
            .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
        );
        if (!known.ok) return known;
        all.push(...known.value.map((row) => row.booking_uid));
      }
      return { ok: true, value: all };
    },
    sync: (salonId, snapshots) =>
      callFunction(
        client,
        'sync_bookings',
        { p_salon_id: salonId, p_snapshots: snapshots satisfies Json[] },
        DATABASE_TIMEOUT_MS,
      ),
    saveProgress: (salon, progress) =>
      callFunction(
        client,
        'calcom_sync_save_progress',
        { ...leaseOf(salon), p_progress: progress },
        DATABASE_TIMEOUT_MS,
      ),
    release: (salon, counts, { error, retryAfterSeconds }) =>
      callFunction(
        client,
        'calcom_sync_release',
        {
          ...leaseOf(salon),
          p_counts: counts,
          p_error: error,
          p_retry_after_seconds: retryAfterSeconds,
        },
        DATABASE_TIMEOUT_MS,
      ),
  };
}
