import { reschedulePage } from '../../../shared/calcom/pages.ts';
import type { ClientResult } from '../../../shared/client-link/answers.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import {
  type ActionSettings,
  type BookingRef,
  createBookingActions,
  type ShownBooking,
} from '../_shared/calcom/booking-actions.ts';
import { readSnapshots, type SnapshotDelivery } from '../_shared/calcom/booking-snapshot.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';

/** A salon's account in Cal.com; without a key nothing can be done there. */
export type CalcomAccount = { apiKey: string | null; username: string | null };

/** What the actions need of the database. Nothing here throws. */
export type CalcomStore = {
  account(salonId: string): Promise<DatabaseResult<CalcomAccount>>;
  sync(salonId: string, snapshots: SnapshotDelivery[]): Promise<DatabaseResult<unknown>>;
};

/**
 * What a client can do to a booking of a salon, identified as in `cal_com_event_id`. Whatever cannot
 * be done in Cal.com is passed on: the salon already sees what the client wants. Never throws.
 */
export type AppointmentActions = Record<
  'cancel' | 'move',
  (salonId: string, bookingId: string) => Promise<ClientResult>
>;

/** Cal.com shows it to the host, who sees in the calendar that it was the client. */
const REASON = 'Klient odwołał przez link w SMS';

const PASSED_ON = { result: 'passed_on' } as const;

/** Acts in Cal.com with the salon's key, and stores what Cal.com shows afterwards. */
export function createAppointmentActions(
  store: CalcomStore,
  calcom: ActionSettings,
  appUrl: string,
): AppointmentActions {
  return {
    cancel: async (salonId, bookingId) => {
      const of = readRef(bookingId);
      const account = await store.account(salonId);
      if (of === null || !account.ok || account.value.apiKey === null) return PASSED_ON;
      const { apiKey, username } = account.value;
      const actions = createBookingActions(apiKey, calcom);
      const done = await actions.perform({ action: 'cancel', of, reason: REASON });
      if (!done.ok) return PASSED_ON;
      // If that fails, the webhook or the next sync brings it.
      await store.sync(salonId, snapshotsOf(done.value.shown, of, username ?? ''));
      return { result: 'cancelled' };
    },
    move: (_salonId, bookingId) => {
      const of = readRef(bookingId);
      return Promise.resolve(
        of === null
          ? PASSED_ON
          : { result: 'continue', url: reschedulePage(appUrl, of.seatUid ?? of.uid) },
      );
    },
  };
}

/** Null for a seat whose id is made from a contact, which Cal.com does not know. */
function readRef(bookingId: string): BookingRef | null {
  const [uid = '', seatUid] = bookingId.split('#');
  if (seatUid === undefined) return { uid, seatUid: null };
  return isUuid(seatUid) ? { uid, seatUid } : null;
}

function snapshotsOf(
  shown: readonly ShownBooking[],
  { uid }: BookingRef,
  username: string,
): SnapshotDelivery[] {
  const known = new Set([uid]);
  return shown.flatMap(({ raw, asOfMs }) => {
    const read = readSnapshots(raw, username, asOfMs, known);
    return read.ok ? read.snapshots : [];
  });
}
