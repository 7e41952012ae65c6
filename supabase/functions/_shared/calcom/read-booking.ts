import { isRecord, type UnknownRecord } from '../../../../shared/json/records.ts';
import { type ApiBooking, readApiBooking } from './api-booking.ts';
import type { ActionResult, Call, CallResult } from './calcom-client.ts';
import type { BookingRef } from './perform.ts';

/** A booking as Cal.com shows it. */
export type ShownBooking = {
  raw: UnknownRecord;
  booking: ApiBooking;
  /** It contains everything that happened before this time, in milliseconds since 1970. */
  asOfMs: number;
};

type Answered = Pick<Extract<CallResult, { ok: true }>, 'data' | 'asOfMs'>;

/** The `cal-api-version` of everything about bookings. */
export const BOOKINGS_VERSION = '2024-08-13';

/** Reads a booking by its uid. */
export async function readBooking(call: Call, uid: string): Promise<ActionResult<ShownBooking>> {
  const answer = await call({
    method: 'GET',
    path: `/bookings/${encodeURIComponent(uid)}`,
    version: BOOKINGS_VERSION,
  });
  if (!answer.ok) return answer;
  const shown = shownBooking(answer);
  return shown !== null && shown.booking.uid === uid
    ? { ok: true, value: shown }
    : { ok: false, code: 'calcom_unreachable', retryAfterSeconds: null };
}

/**
 * Reads the booking before it is changed. Refuses a slot with seats for an appointment that is not
 * one of them: the change would be for everybody in it.
 */
export async function readBefore(call: Call, of: BookingRef): Promise<ActionResult<ShownBooking>> {
  const read = await readBooking(call, of.uid);
  if (!read.ok || of.seatUid !== null) return read;
  return read.value.booking.attendees.some(({ seatUid }) => seatUid !== undefined)
    ? { ok: false, code: 'refused', retryAfterSeconds: null }
    : read;
}

/** Reads the booking that a seat is in now. */
export async function readBookingOfSeat(
  call: Call,
  seatUid: string,
): Promise<ActionResult<ShownBooking>> {
  const answer = await call({
    method: 'GET',
    path: `/bookings/by-seat/${encodeURIComponent(seatUid)}`,
    version: BOOKINGS_VERSION,
  });
  if (!answer.ok) return answer;
  const shown = shownBooking(answer);
  return shown === null
    ? { ok: false, code: 'calcom_unreachable', retryAfterSeconds: null }
    : { ok: true, value: shown };
}

/** Finds the booking whose metadata, or that of a seat, has this value, among the newest ones. */
export async function findByMetadata(
  call: Call,
  [name, value]: readonly [string, string],
): Promise<ShownBooking | null> {
  const has = (metadata: unknown) => isRecord(metadata) && metadata[name] === value;
  const newest = await listBookings(call, { sortCreated: 'desc' });
  return newest.find(({ booking: { metadata, attendees } }) =>
    has(metadata) || attendees.some((attendee) => has(attendee.metadata))
  ) ?? null;
}

/** Finds the booking that starts at a time, in ISO 8601, and has an attendee with this address. */
export async function findBookingAt(
  call: Call,
  start: string,
  email: string,
): Promise<ShownBooking | null> {
  const later = await listBookings(call, { afterStart: start, sortStart: 'asc' });
  return later.find(({ booking }) =>
    Date.parse(booking.start ?? '') === Date.parse(start) &&
    booking.attendees.some((attendee) => attendee.email === email)
  ) ?? null;
}

async function listBookings(call: Call, query: Record<string, string>): Promise<ShownBooking[]> {
  const answer = await call({
    method: 'GET',
    path: '/bookings',
    query: { ...query, take: '50' },
    version: BOOKINGS_VERSION,
  });
  if (!answer.ok || !Array.isArray(answer.data)) return [];
  return answer.data.flatMap((data) => shownBooking({ data, asOfMs: answer.asOfMs }) ?? []);
}

function shownBooking({ data, asOfMs }: Answered): ShownBooking | null {
  const booking = readApiBooking(data);
  return booking === null || booking.uid === undefined || !isRecord(data)
    ? null
    : { raw: data, booking, asOfMs };
}
