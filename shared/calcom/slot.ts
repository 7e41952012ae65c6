import type { BookingPayload, Person } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { sameEmail } from './contact.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

/** Cal.com's ids are UUIDs. The limit is that of the database's index. */
const MAX_SEAT_ID_CHARACTERS = 255;

/** Which part of a slot with several seats an event is about. */
export type SlotScope = { seated: boolean; seatId: string | null; wholeSlot: boolean };

/** The id of a seat and the member of the payload that has it. */
export type NamedSeat = { id: string; field: string };

/**
 * Cal.com uses the same triggers, uid and status for one seat and for the whole slot. Only the host
 * can move or cancel all seats at once: such a move keeps the uid or names the host in
 * `rescheduledBy`, such a cancellation lists all attendees or names the host in `cancelledBy`.
 */
export function readSlotScope(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  attendees: Person[],
): SlotScope {
  const seat = namedSeat(trigger, payload, attendees);
  const seatId = truncate(MAX_SEAT_ID_CHARACTERS, seat?.id);
  const seated = (payload.seatsPerTimeSlot ?? 0) > 0 || seatId !== null ||
    attendees.some(({ bookingSeat }) => nonEmpty(bookingSeat?.referenceUid) !== null);
  // A meeting ends for all seats, and its payload does not say whether it has any.
  const wholeSlot = trigger === 'MEETING_ENDED' ||
    (seated && seatId === null && isAboutAllSeats(trigger, payload));
  return { seated, seatId, wholeSlot };
}

/**
 * The seat that an event names. A cancelled seat is named only by its booker, who is then the only
 * attendee; when the host cancels a slot in which one seat is taken, its booker is listed too.
 */
export function namedSeat(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  attendees: Person[],
): NamedSeat | null {
  const ofEvent = nonEmpty(payload.attendeeSeatId);
  if (ofEvent !== null) return { id: ofEvent, field: 'attendeeSeatId' };
  if (trigger !== 'BOOKING_CANCELLED' || isAboutAllSeats(trigger, payload)) return null;
  const ofBooker = nonEmpty(attendees[0]?.bookingSeat?.referenceUid);
  return ofBooker === null ? null : { id: ofBooker, field: 'attendees.0.bookingSeat.referenceUid' };
}

/** Whether an event that names no seat is about all of them, if the slot has seats. */
function isAboutAllSeats(trigger: DeliveryTrigger, payload: BookingPayload): boolean {
  const hostEmail = payload.organizer?.email;
  switch (trigger) {
    case 'BOOKING_LOCATION_UPDATED':
    case 'BOOKING_REASSIGNED':
      return true;
    case 'BOOKING_RESCHEDULED':
      return payload.uid === payload.rescheduleUid || sameEmail(payload.rescheduledBy, hostEmail);
    case 'BOOKING_CANCELLED':
    case 'BOOKING_REJECTED':
      return (payload.attendees ?? []).length > 1 || sameEmail(payload.cancelledBy, hostEmail);
    default:
      return false;
  }
}
