import type { Booking } from '../../../cli/simulator/world/booking.ts';
import type { Booker, Salon } from '../../../cli/simulator/world/salons.ts';

/** Someone's seat in a slot. */
export type Seat = { seatId: string; booker: Booker; absent: boolean };

/** A booking as Cal.com's database has it. */
export type StoredBooking = {
  booking: Booking;
  status: 'pending' | 'accepted' | 'cancelled' | 'rejected';
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Null until the row first changes; what changes attendees and seats only does not count. */
  updatedAt: number | null;
  cancellationReason: string | null;
  fromReschedule: string | null;
  rescheduledTo: string | null;
  absent: boolean;
  seriesId: string | null;
  /** Null for a slot that is one booker's alone. */
  seats: Seat[] | null;
};

/** What one user of Cal.com sees: what they host, and what they attend elsewhere. */
export interface CalcomAccount {
  salon: Salon;
  apiKey: string;
  /** In the order in which they were made. */
  bookings: StoredBooking[];
  /** `<uid>#<seat>` of seats that somebody left, of which the API says nothing any more. */
  leftSeats: Set<string>;
  /** Those of other hosts, as the API shows them. */
  attended: unknown[];
}

/** An account in which nothing was booked yet. */
export function createAccount(salon: Salon, apiKey = `cal_${salon.username}`): CalcomAccount {
  return { salon, apiKey, bookings: [], leftSeats: new Set(), attended: [] };
}

/** Puts a new booking into the account. */
export function store(
  account: CalcomAccount,
  booking: Booking,
  members: Partial<StoredBooking> & { createdAt: number },
): StoredBooking {
  const stored: StoredBooking = {
    booking,
    status: 'accepted',
    updatedAt: null,
    cancellationReason: null,
    fromReschedule: null,
    rescheduledTo: null,
    absent: false,
    seriesId: null,
    seats: null,
    ...members,
  };
  account.bookings.push(stored);
  return stored;
}
