import type { SupabaseClient } from '@supabase/supabase-js';
import type { SnapshotDelivery } from '../../../shared/calcom/booking-snapshot.ts';
import type { Database, Json } from '../../../shared/database.types.ts';
import { type Stored, stored } from '../_shared/stored.ts';
import type { Counts } from './tally.ts';

/** A salon that a run has leased, and how far the runs before have come. */
export type ClaimedSalon = {
  salon_id: string;
  cal_com_username: string;
  lease_token: string;
  created_cursor: string | null;
  updated_cursor: string | null;
  scan_after: string | null;
  scan_total: number | null;
  scan_done: number;
  scan_is_due: boolean;
};

/** Where to go on, as `calcom_sync_note` takes it. */
export type Progress = {
  createdCursor?: string;
  updatedCursor?: string;
  scanFrom?: string;
  scanAfter?: string | null;
  scanTotal?: number;
  scanDone?: number;
};

/** How a run ended for a salon. */
export type Ending = { error: string | null; retryAfterSeconds: number | null };

/** Snapshots by what became of them. */
export type SyncedRow = { action: string; snapshots: number };

/** The database's side of a run: one method a function of it. None of them throws. */
export type Store = {
  /** Leases the salon that waits longest, or this one; null when there is none to be had. */
  claim(salonId?: string, from?: string): Promise<Stored<ClaimedSalon | null>>;
  apiKey(salonId: string): Promise<Stored<string | null>>;
  /** Hands over what Cal.com says of some bookings. */
  sync(salonId: string, snapshots: SnapshotDelivery[]): Promise<Stored<SyncedRow[]>>;
  /** Notes how far the run has come; false when another run has the salon. */
  note(salon: ClaimedSalon, progress: Progress): Promise<Stored<boolean>>;
  release(salon: ClaimedSalon, counts: Counts, ending: Ending): Promise<Stored<boolean>>;
};

const DATABASE_TIMEOUT_MS = 15_000;

/** Talks to the database with a key that may write. */
export function createStore(client: SupabaseClient<Database>): Store {
  const timeout = () => AbortSignal.timeout(DATABASE_TIMEOUT_MS);
  return {
    claim: (salonId, from) =>
      stored<ClaimedSalon | null>(
        client.rpc('calcom_sync_claim', {
          ...(salonId === undefined ? {} : { p_salon_id: salonId }),
          ...(from === undefined ? {} : { p_from: from }),
        }).abortSignal(timeout()).maybeSingle(),
      ),
    apiKey: (salonId) =>
      stored<string | null>(
        client.rpc('calcom_api_key', { p_salon_id: salonId }).abortSignal(timeout()),
      ),
    sync: (salonId, snapshots) =>
      stored<SyncedRow[]>(
        client.rpc('sync_bookings', {
          p_salon_id: salonId,
          p_snapshots: snapshots satisfies Json[],
        }).abortSignal(timeout()),
      ),
    note: ({ salon_id, lease_token }, progress) =>
      stored<boolean>(
        client.rpc('calcom_sync_note', {
          p_salon_id: salon_id,
          p_lease_token: lease_token,
          p_progress: progress,
        }).abortSignal(timeout()),
      ),
    release: ({ salon_id, lease_token }, counts, { error, retryAfterSeconds }) =>
      stored<boolean>(
        client.rpc('calcom_sync_release', {
          p_salon_id: salon_id,
          p_lease_token: lease_token,
          p_counts: counts,
          ...(error === null ? {} : { p_error: error }),
          ...(retryAfterSeconds === null ? {} : { p_retry_after_seconds: retryAfterSeconds }),
        }).abortSignal(timeout()),
      ),
  };
}
