import { randomUUID } from 'node:crypto';
import type { Booking } from '../../world/booking.ts';
import { freshAnswers } from '../../world/form.ts';
import { attendeeRow } from '../../world/people.ts';
import { metadataOf, titleOf } from './common.ts';

/**
 * A booking as Cal.com's database stores it, which is what MEETING_STARTED and MEETING_ENDED carry
 * (calcom/cal.com scheduleTrigger.ts). It was stored when the booking was made, at `madeAt`.
 */
export function meetingRow(booking: Booking, madeAt: string) {
  const { salon, service, host } = booking;
  return {
    id: booking.id,
    uid: booking.uid,
    idempotencyKey: randomUUID(),
    userId: host.id,
    userPrimaryEmail: host.email,
    eventTypeId: service.id,
    title: titleOf(booking),
    description: '',
    customInputs: {},
    responses: freshAnswers(booking),
    startTime: booking.start.toISOString(),
    endTime: booking.end.toISOString(),
    location: booking.location,
    createdAt: madeAt,
    updatedAt: madeAt,
    status: 'ACCEPTED',
    paid: false,
    destinationCalendarId: null,
    cancellationReason: null,
    rejectionReason: null,
    reassignReason: null,
    reassignById: null,
    dynamicEventSlugRef: null,
    dynamicGroupSlugRef: null,
    rescheduled: null,
    fromReschedule: booking.replaced?.uid ?? null,
    recurringEventId: null,
    smsReminderNumber: null,
    scheduledJobs: [],
    metadata: metadataOf(booking),
    isRecorded: false,
    iCalUID: booking.icalUid,
    iCalSequence: booking.icalSequence,
    rating: null,
    ratingFeedback: null,
    noShowHost: false,
    oneTimePassword: null,
    cancelledBy: null,
    rescheduledBy: null,
    creationSource: 'WEBAPP',
    user: {
      email: host.email,
      name: host.name,
      timeZone: salon.timeZone,
      username: host.username,
    },
    attendees: [attendeeRow(booking)],
    payment: [],
    references: [],
  };
}

/** The same row as servers of 2026 send it: read again when the meeting ends. */
export function meetingPayload(booking: Booking, madeAt: string) {
  return {
    ...meetingRow(booking, madeAt),
    eventType: { bookingFields: null, team: null },
    userFieldsResponses: {},
    userUuid: null,
  };
}
