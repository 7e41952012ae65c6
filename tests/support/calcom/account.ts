import type { Booking } from '../../../cli/simulator/world/booking.ts';
import type { Booker, Salon } from '../../../cli/simulator/world/salons.ts';

/** One person's seat in a slot. */
export type Seat = {
  seatId: string;
  booker: Booker;
  absent: boolean;
  metadata?: Record<string, string>;
};

/** A booking as Cal.com stores it. */
export type StoredBooking = {
  booking: Booking;
  /** As it was made: Cal.com sends this, however old it is, when the appointment ends. */
  asMade: Booking;
  status: 'pending' | 'accepted' | 'cancelled' | 'rejected';
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Null until the first change of the booking; changes of attendees and seats do not count. */
  updatedAt: number | null;
  cancellationReason: string | null;
  fromReschedule: string | null;
  rescheduledTo: string | null;
  absent: boolean;
  seriesId: string | null;
  /** What was sent with the booking, if it was made through the API. */
  metadata: Record<string, string> | null;
  /** Null for a booking with one attendee. */
  seats: Seat[] | null;
};

/** What one user of Cal.com sees: the bookings of their team, and those that they attend. */
export interface CalcomAccount {
  salon: Salon;
  apiKey: string;
  /** In the order of their creation. */
  bookings: StoredBooking[];
  /** `<uid>#<seat>` of cancelled seats, which the API does not list any more. */
  leftSeats: Set<string>;
  /** Bookings of other hosts, as the API shows them. */
  attended: unknown[];
}

/** An account without bookings. */
export function createAccount(salon: Salon, apiKey = `cal_${salon.username}`): CalcomAccount {
  return { salon, apiKey, bookings: [], leftSeats: new Set(), attended: [] };
}

/** Adds a booking to the account. */
export function store(
  account: CalcomAccount,
  booking: Booking,
  members: Partial<StoredBooking> & { createdAt: number },
): StoredBooking {
  const stored: StoredBooking = {
    booking,
    asMade: booking,
    status: 'accepted',
    updatedAt: null,
    cancellationReason: null,
    fromReschedule: null,
    rescheduledTo: null,
    absent: false,
    seriesId: null,
    metadata: null,
    seats: null,
    ...members,
  };
  account.bookings.push(stored);
  return stored;
}
