import type { BookingPayload } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { sameEmail } from './contact.ts';
import { isRecord } from '../json/records.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

/** Cal.com's ids are UUIDs. The limit is that of the database's index. */
const MAX_SEAT_ID_CHARACTERS = 255;

/** Which part of a slot with several seats an event is about. */
export type SlotScope = { seated: boolean; seatId: string | null; wholeSlot: boolean };

/**
 * Cal.com uses the same triggers, uid and status for one seat and for the whole slot. Only the host
 * can move or cancel all seats at once: such a move keeps the uid or names the host in
 * `rescheduledBy`, such a cancellation lists all attendees or names the host in `cancelledBy`.
 */
export function readSlotScope(trigger: DeliveryTrigger, payload: BookingPayload): SlotScope {
  const seatId = truncate(MAX_SEAT_ID_CHARACTERS, payload.attendeeSeatId);
  const seated = (payload.seatsPerTimeSlot ?? 0) > 0 || seatId !== null;
  // A meeting ends for all seats, and its payload does not say whether it has any.
  const wholeSlot = trigger === 'MEETING_ENDED' ||
    (seated && seatId === null && isByHost(trigger, payload));
  return { seated, seatId, wholeSlot };
}

/** Whether the event type repeats, so that this event may be about several occurrences. */
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
