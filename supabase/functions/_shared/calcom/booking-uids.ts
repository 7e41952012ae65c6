import { type ApiBooking, readApiBooking } from './api-booking.ts';
import { isHostedBy } from './booking-host.ts';

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
