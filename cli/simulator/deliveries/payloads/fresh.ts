import { randomUUID } from 'node:crypto';
import type { Booking } from '../../world/booking.ts';
import { freshAnswers } from '../../world/form.ts';
import { attendee, emailOf } from '../../world/people.ts';
import { commonMembers, freshTime, metadataOf, serviceMembers } from './common.ts';

/**
 * A booking at the moment it is made: what CREATED, REQUESTED, RESCHEDULED and
 * PAYMENT_INITIATED have in common (calcom/cal.com RegularBookingService.ts).
 */
export function freshPayload(booking: Booking, status: 'ACCEPTED' | 'PENDING') {
  const { service, booker } = booking;
  return {
    ...commonMembers(booking),
    ...serviceMembers(booking),
    startTime: freshTime(booking.start),
    endTime: freshTime(booking.end),
    hideCalendarNotes: false,
    hideCalendarEventDetails: false,
    schedulingType: null,
    seatsPerTimeSlot: service.seats,
    seatsShowAttendees: service.seats === null,
    seatsShowAvailabilityCount: true,
    disableRescheduling: false,
    disableCancelling: false,
    attendees: [
      { ...attendee(booking), firstName: booker.firstName, lastName: booker.lastName },
    ],
    responses: freshAnswers(booking),
    destinationCalendar: null,
    iCalUID: booking.icalUid,
    iCalSequence: booking.icalSequence,
    requiresConfirmation: service.requiresConfirmation,
    oneTimePassword: status === 'PENDING' ? randomUUID() : null,
    hashedLink: null,
    price: service.price,
    currency: service.currency,
    ...(booking.seatId === null ? {} : { attendeeSeatId: booking.seatId }),
    ...(service.repeats === null ? {} : { recurringEvent: service.repeats }),
    ...replacedMembers(booking),
    metadata: metadataOf(booking),
    status,
  };
}

function replacedMembers({ replaced, booker }: Booking) {
  if (replaced === null) return {};
  return {
    rescheduleId: replaced.id,
    rescheduleUid: replaced.uid,
    rescheduleStartTime: freshTime(replaced.start),
    rescheduleEndTime: freshTime(replaced.end),
    rescheduledBy: emailOf(booker),
  };
}
