import { z } from 'zod/v3';
import { isRecord, type UnknownRecord } from '../../../shared/json/records.ts';

/** Reads a member or leaves it out, as in the deliveries. */
const text = z.string().optional().catch(undefined);

const attendee = z.object({
  email: text,
  phoneNumber: text,
  absent: z.boolean().optional().catch(undefined),
  seatUid: text,
  bookingFieldsResponses: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/** Someone who takes part; the first of a plain booking is who booked. */
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
  hosts: z.array(z.object({ username: text }).catch({})).catch([]),
  attendees: z.array(attendee.catch({})).catch([]),
  bookingFieldsResponses: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/**
 * The members of a booking in Cal.com's API v2, version 2024-08-13, that we read. Any may be missing,
 * null or of another type (calcom/cal.com apps/api/v2 output.service.ts).
 */
export type ApiBooking = z.infer<typeof apiBooking>;

/** The version of the endpoint that has this shape; by default Cal.com sends an older one. */
export const BOOKINGS_VERSION = '2024-08-13';

/** Reads a booking; null when it is not even an object. */
export function readApiBooking(value: unknown): ApiBooking | null {
  return isRecord(value) ? apiBooking.parse(value) : null;
}

/**
 * Whether bookers share the slot. The API does not say, but there the answers to the form belong to
 * each seat, and nobody may be left.
 */
export function isSeated(raw: UnknownRecord, { attendees }: ApiBooking): boolean {
  if (attendees.some(({ seatUid }) => seatUid !== undefined)) return true;
  return attendees.length === 0 && !Object.hasOwn(raw, 'bookingFieldsResponses');
}
