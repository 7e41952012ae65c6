import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { type LateEvent, sentAt, stampOf } from '../../../cli/simulator/deliveries/lateness.ts';
import { book, type Booking, type Service } from '../../../cli/simulator/world/booking.ts';
import { type Booker, salonNamed } from '../../../cli/simulator/world/salons.ts';
import { type CalcomAccount, createAccount } from './account.ts';
import { createRandom, type Random } from '../random.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The first day of the simulation: in the past, so that nothing depends on today. */
export const FIRST_DAY_MS = Date.parse('2025-03-01T00:00:00.000Z');
/** A quarter past, when no appointment ends. */
export const LAST_MOMENT_MS = Date.parse('2025-06-01T00:15:00.000Z');

/** The history of a booking: yields the time of its next event and is resumed then. */
export type History = Generator<number, void>;

/** A delivery, and when Cal.com first sends it. */
export type Dispatch = { at: number; delivery: Delivery };

/** A salon on Cal.com and the people who book there. */
export interface Town {
  account: CalcomAccount;
  random: Random;
  /** A person who has not booked before. */
  newcomer(): Booker;
  /** A booking with ids that are the same for the same seed. */
  newBooking(service: Service, booker: Booker, startMs: number): Booking;
  /** The same appointment at another time, as a new booking. */
  movedBooking(booking: Booking, startMs: number): Booking;
  newSeatId(): string;
  /** A place where nobody has been groomed before. */
  newAddress(): string;
  /** A time within opening hours, between so many days ahead. */
  openingTime(fromMs: number, leastDays: number, mostDays: number): number;
  /** What was sent and not taken out yet. */
  outbox: Dispatch[];
  /** Sends a delivery, stamped and sent as late after its event as hosted Cal.com does. */
  send(happenedAt: number, event: LateEvent, report: (stamp: string) => Delivery): void;
}

const FIRST_ID = 9_000_000;
const FIRST_PHONE = 500_000_000;

/** Creates a town, the same for the same seed. */
export function createTown(seed: number, username = 'psi-styl'): Town {
  const random = createRandom(seed);
  const salon = salonNamed(username);
  const account = createAccount(salon);
  const outbox: Dispatch[] = [];
  let people = 0;
  let addresses = 0;
  let bookings = 0;

  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
  const newSeatId = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8000-${hex(12)}`;
  const newBooking = (service: Service, booker: Booker, startMs: number): Booking => {
    const uid = random.id(22);
    const seatId = service.seats === null ? null : newSeatId();
    bookings += 1;
    const id = FIRST_ID + bookings;
    const booking = book(salon, service, booker, new Date(startMs));
    return { ...booking, uid, id, icalUid: `${uid}@Cal.com`, seatId };
  };
  return {
    account,
    random,
    newSeatId,
    newAddress: () => {
      addresses += 1;
      return `ul. Prosta ${addresses}, Kraków`;
    },
    newBooking,
    movedBooking: (booking, startMs) => ({
      ...newBooking(booking.service, booking.booker, startMs),
      host: booking.host,
      location: booking.location,
      icalUid: booking.icalUid,
      icalSequence: booking.icalSequence + 1,
      replaced: booking,
    }),
    newcomer: () => {
      people += 1;
      return {
        firstName: 'Klient',
        lastName: `Nr${people}`,
        email: random.chance(0.1) ? null : `klient${people}@poczta.example`,
        phone: `+48${FIRST_PHONE + people}`,
        dog: 'Azor',
        link: null,
      };
    },
    openingTime: (fromMs, leastDays, mostDays) => {
      const day = Math.floor(fromMs / DAY_MS) + random.between(leastDays, mostDays);
      return day * DAY_MS + random.between(14, 32) * HOUR_MS / 2;
    },
    outbox,
    send: (happenedAt, event, report) => {
      const stamp = stampOf(event, happenedAt, random.between);
      const at = sentAt(stamp, random.between);
      outbox.push({ at, delivery: report(new Date(stamp).toISOString()) });
    },
  };
}
