import { isUuid } from '../../../../shared/text/uuid.ts';
import { type ApiBooking, readApiBooking } from './api-booking.ts';
import { isHostedBy } from './booking-host.ts';
import type { BookingRef } from './perform.ts';

/**
 * The booking or seat with this `cal_com_event_id`. Null for a seat whose id is made from a contact,
 * which Cal.com does not know.
 */
export function readBookingRef(calcomId: string): BookingRef | null {
  const [uid = '', seatUid] = calcomId.split('#');
  if (seatUid === undefined) return { uid, seatUid: null };
  return isUuid(seatUid) ? { uid, seatUid } : null;
}

/** The uids of a booking and of the one that it replaces. */
export function uidsOf({ uid, rescheduledFromUid }: ApiBooking): string[] {
  return [uid, rescheduledFromUid].filter((one) => one !== undefined);
}

/** The uids of all bookings that have other hosts, and of those that they replace. */
export function uidsOfOthers(bookings: readonly unknown[], host: string): string[] {
  return bookings.flatMap((raw) => {
    const booking = readApiBooking(raw);
    return booking === null || isHostedBy(booking, host) ? [] : uidsOf(booking);
  });
}
