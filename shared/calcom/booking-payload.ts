// The index of zod 4 loads every locale, which alone would double the cold start of a function.
import { z } from 'zod/v3';
import type { UnknownRecord } from '../json/records.ts';

/** Reads a member, or leaves it out if its type is wrong: the booking itself must not be lost. */
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const boolean = z.boolean().optional().catch(undefined);

const person = z.object({
  name: text,
  email: text,
  phoneNumber: text,
  username: text,
  noShow: boolean,
  /** The seat of a booker in a slot with seats. */
  bookingSeat: z.object({ referenceUid: text }).optional().catch(undefined),
});

/** An attendee, a host or the owner of a booking. */
export type Person = z.infer<typeof person>;

const optionalPerson = person.optional().catch(undefined);
const listedPerson = person.catch({});

/**
 * The members of a Cal.com booking that we read. Every one of them may be missing, null or of
 * another type, depending on the trigger and the age of the server (calcom/cal.com
 * packages/types/Calendar.d.ts and prisma/schema.prisma).
 */
const bookingPayload = z.object({
  uid: text,
  bookingUid: text,
  rescheduleUid: text,
  attendeeSeatId: text,
  iCalUID: text,
  status: text,

  startTime: text,
  endTime: text,
  length: number,

  title: text,
  description: text,
  additionalNotes: text,
  location: text,
  cancellationReason: text,
  rejectionReason: text,

  organizer: optionalPerson,
  user: optionalPerson,
  userPrimaryEmail: text,
  attendees: z.array(z.unknown()).optional().catch(undefined),
  smsReminderNumber: text,
  responses: z.unknown().optional(),
  metadata: z.unknown().optional(),

  cancelledBy: text,
  rescheduledBy: text,
  seatsPerTimeSlot: number,
  recurringEvent: z.unknown().optional(),
  recurringEventId: z.unknown().optional(),
  recurrenceTimeZone: text,
});

/** A booking as Cal.com describes it, without members of a wrong type. */
export type BookingPayload = z.infer<typeof bookingPayload>;

/** More than any salon has seats in a slot. */
const MAX_ATTENDEES = 100;

/** Reads a booking object; never fails, because every member may be missing. */
export function readBookingPayload(booking: UnknownRecord): BookingPayload {
  return bookingPayload.parse(booking);
}

/** The attendees of the booking, at most a hundred; one that is not an object becomes empty. */
export function readAttendees(payload: BookingPayload): Person[] {
  const listed = payload.attendees ?? [];
  return listed.slice(0, MAX_ATTENDEES).map((attendee) => listedPerson.parse(attendee));
}
