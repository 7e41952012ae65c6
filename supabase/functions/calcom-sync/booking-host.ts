import { type ApiBooking, readApiBooking, UNKNOWN } from './api-booking.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { truncate } from '../../../shared/text/truncate.ts';

const MAX_HOST_CHARACTERS = 255;

/** Who hosts now; without a username if the person has none, nobody if the account is gone. */
export function hostOf(
  { hosts: [host] }: ApiBooking,
): Pick<CalendarBooking, 'hostUsername' | 'hostName'> {
  return { hostUsername: readKnown(host?.username), hostName: readKnown(host?.name) };
}

function readKnown(text: string | undefined): string | null {
  return text === UNKNOWN ? null : truncate(MAX_HOST_CHARACTERS, text);
}

/** Whether this user, in upper or lower case, is a host of the booking. */
export function isHostedBy({ hosts }: ApiBooking, host: string): boolean {
  return hosts.some(({ username }) => username?.toLowerCase() === host.toLowerCase());
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
