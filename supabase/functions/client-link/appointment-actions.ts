import type { ClientResult } from '../../../shared/client-link/answers.ts';
import { type ActionSettings, createBookingActions } from '../_shared/calcom/booking-actions.ts';
import { readBookingRef } from '../_shared/calcom/booking-uids.ts';
import { calcomPages } from '../_shared/calcom/pages.ts';
import { readApiKey } from '../_shared/calcom/salon-actions.ts';
import { showBookings } from '../_shared/calcom/show-bookings.ts';
import type { DataApi } from '../_shared/data-api.ts';

/** A salon's booking: `bookingId` as in `cal_com_event_id`, `host` as in `cal_com_username`. */
export type SalonBooking = { salonId: string; host: string | null; bookingId: string };

/**
 * What a client can do to a booking. Whatever cannot be done in Cal.com is passed on: the salon
 * already sees what the client wants. Never throws.
 */
export type AppointmentActions = Record<
  'cancel' | 'move',
  (booking: SalonBooking) => Promise<ClientResult>
>;

/** The host reads it in Cal.com, where it looks as if they had cancelled themselves. */
const REASON = 'Klient odwołał przez link w SMS';

const PASSED_ON = { result: 'passed_on' } as const;

/** Acts in Cal.com with the salon's key, and stores what Cal.com shows afterwards. */
export function createAppointmentActions(
  client: DataApi,
  calcom: ActionSettings,
  appUrl: string,
): AppointmentActions {
  return {
    cancel: async ({ salonId, host, bookingId }) => {
      const of = readBookingRef(bookingId);
      const key = await readApiKey(client, salonId);
      if (of === null || !key.ok || key.value === null) return PASSED_ON;
      const actions = createBookingActions(key.value, calcom);
      const done = await actions.perform({ action: 'cancel', of, reason: REASON });
      if (!done.ok) return PASSED_ON;
      // If that fails, the webhook or the next sync brings it.
      await showBookings(client, { salonId, host }, done.value);
      return { result: 'cancelled' };
    },
    move: ({ bookingId }) => {
      const of = readBookingRef(bookingId);
      return Promise.resolve(
        of === null ? PASSED_ON : { result: 'continue', url: calcomPages(appUrl).reschedule(of) },
      );
    },
  };
}
