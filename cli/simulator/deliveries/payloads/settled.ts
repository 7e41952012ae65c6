import type { Booking } from '../../world/booking.ts';
import { storedAnswers } from '../../world/form.ts';
import { attendee } from '../../world/people.ts';
import { commonMembers, metadataOf, serviceMembers } from './common.ts';

/**
 * A booking that was pending confirmation or payment, as Cal.com reads it back from its
 * database: without the uid of the booking it may replace (calcom/cal.com handleConfirmation.ts),
 * and, if it is rejected, without metadata.
 */
export function settledPayload(booking: Booking, status: 'ACCEPTED' | 'REJECTED') {
  const { service } = booking;
  return {
    ...commonMembers(booking),
    ...serviceMembers(booking),
    responses: storedAnswers(booking),
    startTime: booking.start.toISOString(),
    endTime: booking.end.toISOString(),
    attendees: [attendee(booking)],
    destinationCalendar: [],
    requiresConfirmation: service.requiresConfirmation || null,
    hideCalendarNotes: false,
    hideCalendarEventDetails: false,
    price: service.price,
    currency: service.currency,
    ...(status === 'ACCEPTED' ? { metadata: metadataOf(booking) } : {}),
    status,
  };
}
