import { randomInt, randomUUID } from 'node:crypto';
import { minutesAfter } from '../../../shared/time/wall-time.ts';
import type { Booker, Host, Salon } from './salons.ts';

/** A service that can be booked. */
export type Service = {
  id: number;
  slug: string;
  title: string;
  description: string | null;
  minutes: number;
  /** In minor units. */
  price: number;
  currency: string;
  /** How many bookers share a slot; null for a slot of one booker. */
  seats: number | null;
  requiresConfirmation: boolean;
  /** The rule of a series. */
  repeats: { freq: number; count: number; interval: number } | null;
};

/** A booking as Cal.com knows it. */
export type Booking = {
  uid: string;
  id: number;
  salon: Salon;
  service: Service;
  booker: Booker;
  /** Who hosts now. */
  host: Host;
  location: string;
  start: Date;
  end: Date;
  /** Stays the same over reschedules, while its sequence grows. */
  icalUid: string;
  icalSequence: number;
  seatId: string | null;
  /** The booking this one replaces. */
  replaced: Booking | null;
};

/** The alphabet of Cal.com's 22-character uids: base 58. */
const UID_ALPHABET = '123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const UID_LENGTH = 22;
const [LOWEST_ID, HIGHEST_ID] = [9_000_000, 10_000_000];

/** A new booking with fresh ids. */
export function book(salon: Salon, service: Service, booker: Booker, start: Date): Booking {
  const uid = randomUid();
  return {
    uid,
    id: randomId(),
    salon,
    service,
    booker,
    host: salon.host,
    location: salon.address,
    start,
    end: minutesAfter(start, service.minutes),
    icalUid: `${uid}@Cal.com`,
    icalSequence: 0,
    seatId: service.seats === null ? null : randomUUID(),
    replaced: null,
  };
}

/** The booking at another time: Cal.com makes a new one in place of the old. */
export function reschedule(booking: Booking, start: Date): Booking {
  return {
    ...book(booking.salon, booking.service, booking.booker, start),
    host: booking.host,
    location: booking.location,
    icalUid: booking.icalUid,
    icalSequence: booking.icalSequence + 1,
    replaced: booking,
  };
}

/** Another booker's seat in the same slot: only the seat's id is new. */
export function takeSeat(slot: Booking, booker: Booker): Booking {
  return { ...slot, booker, seatId: randomUUID() };
}

/** An id as Cal.com's database numbers its rows. */
export function randomId(): number {
  return randomInt(LOWEST_ID, HIGHEST_ID);
}

function randomUid(): string {
  const characters = Array.from(
    { length: UID_LENGTH },
    () => UID_ALPHABET[randomInt(UID_ALPHABET.length)],
  );
  return characters.join('');
}
