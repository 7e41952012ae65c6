import type { Booking } from '../../world/booking.ts';
import { storedAnswers } from '../../world/form.ts';
import { attendee, attendeeRow, emailOf } from '../../world/people.ts';
import { commonMembers, serverTime, serviceMembers } from './common.ts';

/** A booking that its booker cancels (calcom/cal.com handleCancelBooking.ts). */
export function cancelledPayload(booking: Booking, reason: string) {
  return { ...cancellation(booking, reason), cancelledBy: emailOf(booking.booker) };
}

/**
 * One seat of a slot that is given up. The slot stays booked, although its status says otherwise,
 * and the answers are those of the slot's first booker.
 */
export function cancelledSeatPayload(slot: Booking, seat: Booking, reason: string) {
  const row = { ...attendeeRow(seat), language: { locale: seat.salon.locale } };
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
    cancelledBy: booking.salon.host.email,
    cancellationReason: 'Please reschedule. undefined',
  };
}

/** All of a series' remaining occurrences are cancelled by one event that names the first. */
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
    ...(service.repeats === null ? {} : { recurringEvent: service.repeats }),
    // Of these, Cal.com turns false and 0 into null here.
    requiresConfirmation: service.requiresConfirmation || null,
    price: service.price || null,
    currency: service.currency,
    status: 'CANCELLED',
  };
}
