import { callFunction } from '../rpc.ts';
import type { DataApi } from '../data-api.ts';
import { readSnapshots } from './booking-snapshot.ts';
import type { Done } from './perform.ts';

const DATABASE_TIMEOUT_MS = 10_000;

/** A webhook about the same booking may be writing it. */
const WAITS_MS = [0, 300, 1000];

/**
 * Applies to a salon's calendar what Cal.com shows of its bookings, as the sync does, so that the page
 * has it before a webhook comes. Returns whether the calendar has all of it. Never throws.
 *
 * @param isNew Somebody booked: what can be booked may be another salon's, whoever's key is used.
 */
export async function showBookings(
  client: DataApi,
  { salonId, host, isNew = false }: { salonId: string; host: string | null; isNew?: boolean },
  { ref, shown, seatFrom }: Done,
): Promise<boolean> {
  if (host === null || shown.length === 0) return false;
  // The salon has them already, whoever of its team hosts them.
  const known = new Set(isNew ? [] : shown.flatMap(({ booking }) => booking.uid ?? []));
  const read = shown.map(({ raw, asOfMs }) => readSnapshots(raw, host, asOfMs, known));
  const snapshots = read.flatMap((one) => one.ok ? one.snapshots : []).map(
    ({ booking, payload }) => {
      const isMovedSeat = seatFrom !== undefined && booking.uid === ref.uid &&
        booking.seatId === ref.seatUid;
      return { payload, booking: isMovedSeat ? { ...booking, rescheduleUid: seatFrom } : booking };
    },
  );
  for (const ms of WAITS_MS) {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    const synced = await callFunction(
      client,
      'sync_bookings',
      { p_salon_id: salonId, p_snapshots: snapshots },
      DATABASE_TIMEOUT_MS,
    );
    const isDone = synced.ok && synced.value.every(({ action }) => action !== 'failed');
    if (isDone) return read.every(({ ok }) => ok);
  }
  return false;
}
