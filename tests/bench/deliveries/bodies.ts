import { randomInt, randomUUID } from 'node:crypto';
import { readDelivery } from '../../fixtures/calcom/deliveries.ts';
import type { Booker } from '../database/bookers.ts';

/** A booking in Cal.com, of which deliveries tell. */
export type Booking = {
  uid: string;
  /** The uid that it had before it was rescheduled. */
  previousUid?: string;
  /** The uid that it had when it was made. */
  firstUid: string;
  startMs: number;
  booker: Booker;
};

const HOUR_MS = 3_600_000;
const HOURS_AHEAD = 24 * 365;
const NOTES = 'Fiona boi się suszarki, proszę suszyć ręcznikiem i robić przerwy. '.repeat(7);

/** Deliveries of a real server, which are varied here. */
const CREATED = JSON.parse(readDelivery('001-chain-a-1-created').text);
const RESCHEDULED = JSON.parse(readDelivery('002-chain-a-2-rescheduled').text);
const CANCELLED = JSON.parse(readDelivery('003-chain-a-3-cancelled').text);
const NO_SHOW = JSON.parse(readDelivery('060-no-show-marked').text);

/** A new booking of a random client. */
export function newBooking(bookers: readonly Booker[]): Booking {
  const booker = bookers[randomInt(bookers.length)];
  if (booker === undefined) throw new RangeError('Nobody to book');
  const uid = newUid();
  return { uid, firstUid: uid, startMs: randomStartMs(), booker };
}

/** The booking at another time, under the uid that Cal.com gives it then. */
export function moved(booking: Booking): Booking {
  return { ...booking, uid: newUid(), previousUid: booking.uid, startMs: randomStartMs() };
}

/**
 * BOOKING_CREATED, about 4 kB like those of Cal.com. It names the client and the pet, since BarkBook
 * makes six calls for such bookings, and the function is no faster with them than with others.
 */
export function created(booking: Booking, sentAtMs = Date.now()): string {
  return aboutBooking(CREATED, booking, sentAtMs);
}

/** BOOKING_RESCHEDULED of a booking that was moved. */
export function rescheduled(booking: Booking, sentAtMs = Date.now()): string {
  return aboutBooking(RESCHEDULED, booking, sentAtMs, { rescheduleUid: booking.previousUid });
}

/** BOOKING_CANCELLED. */
export function cancelled(booking: Booking, sentAtMs = Date.now()): string {
  return aboutBooking(CANCELLED, booking, sentAtMs);
}

/** BOOKING_NO_SHOW_UPDATED, which the host may repeat as often as they like. */
export function noShow(booking: Booking, isAbsent: boolean, sentAtMs = Date.now()): string {
  return JSON.stringify({
    ...NO_SHOW,
    createdAt: new Date(sentAtMs).toISOString(),
    payload: {
      ...NO_SHOW.payload,
      bookingUid: booking.uid,
      attendees: [{ email: booking.booker.email, noShow: isAbsent }],
    },
  });
}

function aboutBooking(
  template: typeof CREATED,
  { uid, firstUid, startMs, booker }: Booking,
  sentAtMs: number,
  more: object = {},
): string {
  const { payload } = template;
  const { email, phone, clientId, petId } = booker;
  return JSON.stringify({
    ...template,
    createdAt: new Date(sentAtMs).toISOString(),
    payload: {
      ...payload,
      uid,
      iCalUID: `${firstUid}@Cal.com`,
      bookingId: randomInt(1_000_000, 10_000_000),
      startTime: new Date(startMs).toISOString(),
      endTime: new Date(startMs + HOUR_MS).toISOString(),
      additionalNotes: NOTES,
      organizer: { ...payload.organizer, username: booker.salonUsername },
      attendees: [{ ...payload.attendees[0], email, phoneNumber: phone }],
      responses: {
        ...payload.responses,
        email: { ...payload.responses.email, value: email },
        attendeePhoneNumber: { ...payload.responses.attendeePhoneNumber, value: phone },
        notes: { ...payload.responses.notes, value: NOTES },
      },
      metadata: { barkbookClientId: clientId, barkbookPetId: petId, source: 'barkbook' },
      ...more,
    },
  });
}

function newUid(): string {
  return randomUUID().replaceAll('-', '').slice(0, 22);
}

function randomStartMs(): number {
  return Date.now() + randomInt(1, HOURS_AHEAD) * HOUR_MS;
}
