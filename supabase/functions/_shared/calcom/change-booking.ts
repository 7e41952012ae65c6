import type { CalcomCall } from '../../../../shared/calcom/api.ts';
import type { ApiAttendee, ApiBooking } from './api-booking.ts';
import type { ActionResult, Call } from './calcom-client.ts';
import type { Action, BookingRef } from './perform.ts';
import { BOOKINGS_VERSION, readBefore, readBooking } from './read-booking.ts';

/** Cancels a booking, or one seat of it. */
export async function cancellation(
  call: Call,
  of: BookingRef,
  reason: string,
): Promise<ActionResult<Action>> {
  const before = await readBefore(call, of);
  if (!before.ok) return before;
  const body = of.seatUid === null
    ? { cancellationReason: reason }
    : { seatUid: of.seatUid, cancellationReason: reason };
  const isDone = (booking: ApiBooking) => isOver(booking) || hasLeft(booking, of);
  return { ok: true, value: change(call, of, { path: 'cancel', body }, isDone) };
}

/** Accepts a booking that waits for the host. */
export function confirmation(call: Call, of: BookingRef): Action {
  return change(call, of, { path: 'confirm' }, ({ status }) => status === 'accepted');
}

/** Refuses a booking that waits for the host. Cal.com would refuse all seats of a slot at once. */
export function decline(
  call: Call,
  of: BookingRef,
  reason: string | null,
): ActionResult<Action> {
  if (of.seatUid !== null) return { ok: false, code: 'refused', retryAfterSeconds: null };
  const body = reason === null ? {} : { reason };
  return { ok: true, value: change(call, of, { path: 'decline', body }, isOver) };
}

/** Says whether the attendee was absent, whom Cal.com knows by e-mail address only. */
export async function absence(
  call: Call,
  of: BookingRef,
  absent: boolean,
): Promise<ActionResult<Action>> {
  const read = await readBefore(call, of);
  if (!read.ok) return read;
  const email = attendeeOf(read.value.booking, of)?.email;
  if (email === undefined) return { ok: false, code: 'booking_not_found', retryAfterSeconds: null };
  return {
    ok: true,
    value: change(
      call,
      of,
      { path: 'mark-absent', body: { attendees: [{ email, absent }] } },
      (booking) => (attendeeOf(booking, of)?.absent ?? false) === absent,
    ),
  };
}

/** The attendee who booked: the one with the seat, or the first of a plain booking. */
export function attendeeOf(
  { attendees }: ApiBooking,
  { seatUid }: BookingRef,
): ApiAttendee | undefined {
  return seatUid === null
    ? attendees[0]
    : attendees.find((attendee) => attendee.seatUid === seatUid);
}

/** Cal.com also cancels the booking that a move replaces; the appointment lives on in the new one. */
function isOver({ status, rescheduledToUid }: ApiBooking): boolean {
  return (status === 'cancelled' && rescheduledToUid === undefined) || status === 'rejected';
}

/** A list that is empty or lacks ids may be one that the key may not see, or no list of seats. */
function hasLeft(booking: ApiBooking, of: BookingRef): boolean {
  const { attendees } = booking;
  return of.seatUid !== null && attendees.length > 0 &&
    attendees.every(({ seatUid }) => seatUid !== undefined && seatUid !== of.seatUid);
}

function change(
  call: Call,
  of: BookingRef,
  { path, body }: Pick<CalcomCall, 'path' | 'body'>,
  isDone: (booking: ApiBooking) => boolean,
): Action {
  return {
    call: {
      method: 'POST',
      path: `/bookings/${encodeURIComponent(of.uid)}/${path}`,
      version: BOOKINGS_VERSION,
      ...(body === undefined ? {} : { body }),
    },
    look: async () => {
      const read = await readBooking(call, of.uid);
      return read.ok && isDone(read.value.booking) ? { ref: of, shown: [read.value] } : null;
    },
    refOf: () => of,
  };
}
