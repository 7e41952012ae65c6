import { z } from 'zod/v3';
import { isRecord, ownMember, type UnknownRecord } from '../../../../shared/json/records.ts';

/** Reads a member, or leaves it out if its type is wrong, as in the deliveries. */
const text = z.string().optional().catch(undefined);

const attendee = z.object({
  name: text,
  email: text,
  phoneNumber: text,
  absent: z.boolean().optional().catch(undefined),
  seatUid: text,
  bookingFieldsResponses: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/** An attendee; the first one of a plain booking is the booker. */
export type ApiAttendee = z.infer<typeof attendee>;

const apiBooking = z.object({
  uid: text,
  title: text,
  description: text,
  status: text,
  start: text,
  end: text,
  location: text,
  meetingUrl: text,
  cancellationReason: text,
  rescheduledFromUid: text,
  rescheduledToUid: text,
  recurringBookingUid: text,
  icsUid: text,
  createdAt: text,
  updatedAt: text,
  hosts: z.array(z.object({ username: text, name: text }).catch({})).catch([]),
  attendees: z.array(attendee.catch({})).catch([]),
  bookingFieldsResponses: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/**
 * The members of a booking in Cal.com's API v2 that we read. Each may be missing, null or of another
 * type, also where the published schema requires it (calcom/cal.com apps/api/v2 output.service.ts).
 */
export type ApiBooking = z.infer<typeof apiBooking>;

/** What Cal.com writes for answers and users that it does not find (calcom/cal.com apps/api/v2). */
export const UNKNOWN = 'unknown';

/** Reads a booking; null if it is not an object. */
export function readApiBooking(value: unknown): ApiBooking | null {
  return isRecord(value) ? apiBooking.parse(value) : null;
}

/**
 * Whether the slot has seats. The API does not say, but in such a slot the form's answers belong to
 * the seats, of which there may be none left.
 */
export function isSeated(raw: UnknownRecord, { attendees, ...booking }: ApiBooking): boolean {
  if (attendees.some(({ seatUid }) => seatUid !== undefined)) return true;
  if (hasNoEventType(raw) && hasNoAnswers(booking.bookingFieldsResponses)) return true;
  return attendees.length === 0 && !Object.hasOwn(raw, 'bookingFieldsResponses');
}

/**
 * If the salon deletes an event type, Cal.com lists its slots like plain bookings, without the ids of
 * the seats.
 */
function hasNoEventType(raw: UnknownRecord): boolean {
  return typeof raw['eventTypeId'] !== 'number';
}

/** Cal.com then writes a word in place of the answers, which only the seats have. */
function hasNoAnswers(answers: unknown): boolean {
  return ownMember(answers, 'name') === UNKNOWN && ownMember(answers, 'email') === UNKNOWN;
}
