import type { Booking } from '../../world/booking.ts';
import { storedAnswers } from '../../world/form.ts';
import { attendee, attendeeRow, emailOf } from '../../world/people.ts';
import { commonMembers, metadataOf, serverTime, serviceMembers } from './common.ts';

/** A booking that its booker cancels (calcom/cal.com handleCancelBooking.ts). */
export function cancelledPayload(booking: Booking, reason: string) {
  return { ...cancellation(booking, reason), cancelledBy: emailOf(booking.booker) };
}

/**
 * One seat of a slot that is given up. The slot stays booked, although its status says otherwise,
 * and the answers are those of the slot's first booker. Nothing but its attendee says which seat.
 */
export function cancelledSeatPayload(slot: Booking, seat: Booking, reason: string) {
  const row = {
    ...attendeeRow(seat),
    language: { locale: seat.salon.locale },
    bookingSeat: { referenceUid: seat.seatId },
  };
  return { ...cancellation(slot, reason), attendees: [row] };
}

/**
 * A booking whose host asks the booker to find another time (calcom/cal.com
 * requestReschedule.handler.ts): a cancellation that knows less, with a gap in its reason.
 */
export function requestReschedulePayload(booking: Booking) {
  const { email, name, username, language, timeZone, utcOffset } = commonMembers(booking).organizer;
  return {
    ...commonMembers(booking),
    bookingId: booking.id,
    responses: storedAnswers(booking),
    startTime: serverTime(booking.start),
    endTime: serverTime(booking.end),
    organizer: { email, name, username, language, timeZone, utcOffset },
    attendees: [{ ...attendee(booking), username: '' }],
    destinationCalendar: [],
    iCalUID: booking.icalUid,
    cancelledBy: booking.host.email,
    cancellationReason: 'Please reschedule. undefined',
    metadata: metadataOf(booking),
  };
}

/**
 * "Cancel this and following" of a series sends this once, for the first of these bookings, and
 * without the rule of the series.
 */
function cancellation(booking: Booking, reason: string) {
  const { service } = booking;
  return {
    ...commonMembers(booking),
    ...serviceMembers(booking),
    responses: storedAnswers(booking),
    startTime: serverTime(booking.start),
    endTime: serverTime(booking.end),
    attendees: [attendee(booking)],
    destinationCalendar: [],
    cancellationReason: reason,
    seatsPerTimeSlot: service.seats,
    seatsShowAttendees: service.seats !== null,
    iCalUID: booking.icalUid,
    iCalSequence: booking.icalSequence + 1,
    metadata: metadataOf(booking),
    // Of these, Cal.com turns false and 0 into null here.
    requiresConfirmation: service.requiresConfirmation || null,
    price: service.price || null,
    currency: service.currency,
    status: 'CANCELLED',
  };
}
