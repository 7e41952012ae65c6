import type { BookingPayload } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { sameEmail } from './contact.ts';
import { isRecord } from '../json/records.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

/** Cal.com's are UUIDs; the database indexes them, which has a limit. */
const MAX_SEAT_ID_CHARACTERS = 255;

/** Which part of a slot with several seats an event is about. */
export type SlotScope = { seated: boolean; seatId: string | null; wholeSlot: boolean };

/**
 * Cal.com uses the same triggers, uid and status for one seat and for the whole slot. Only the host
 * moves or cancels all seats at once: a move keeps the uid or names the host in `rescheduledBy`, a
 * cancellation lists everybody or names the host in `cancelledBy`.
 */
export function readSlotScope(trigger: DeliveryTrigger, payload: BookingPayload): SlotScope {
  const seatId = truncate(MAX_SEAT_ID_CHARACTERS, payload.attendeeSeatId);
  const seated = (payload.seatsPerTimeSlot ?? 0) > 0 || seatId !== null;
  // The end of a meeting ends it for everybody, and its row does not tell whether it has seats.
  const wholeSlot = trigger === 'MEETING_ENDED' ||
    (seated && seatId === null && isByHost(trigger, payload));
  return { seated, seatId, wholeSlot };
}

/** Whether the event type repeats, so that this event may stand for several occurrences. */
export function isRecurring(payload: BookingPayload): boolean {
  const { recurringEvent, recurringEventId } = payload;
  const hasRule = (isRecord(recurringEvent) || Array.isArray(recurringEvent)) &&
    Object.keys(recurringEvent).length > 0;
  return hasRule || nonEmpty(recurringEventId) !== null;
}

function isByHost(trigger: DeliveryTrigger, payload: BookingPayload): boolean {
  const hostEmail = payload.organizer?.email;
  switch (trigger) {
    case 'BOOKING_RESCHEDULED':
      return payload.uid === payload.rescheduleUid || sameEmail(payload.rescheduledBy, hostEmail);
    case 'BOOKING_CANCELLED':
    case 'BOOKING_REJECTED':
      return (payload.attendees ?? []).length > 1 || sameEmail(payload.cancelledBy, hostEmail);
    default:
      return false;
  }
}
