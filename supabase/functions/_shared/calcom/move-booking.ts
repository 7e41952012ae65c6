import { ownMember } from '../../../../shared/json/records.ts';
import type { ActionResult, Call } from './calcom-client.ts';
import { attendeeOf } from './change-booking.ts';
import type { Action, BookingRef, Done } from './perform.ts';
import {
  BOOKINGS_VERSION,
  findBookingAt,
  readBefore,
  readBooking,
  readBookingOfSeat,
  type ShownBooking,
} from './read-booking.ts';

/** A booking, or a seat of it, that is to start at another time, in ISO 8601. */
type Move = { of: BookingRef; start: string; before: ShownBooking };

/**
 * Moves a booking, or one seat of it, to another time. The host moves it: otherwise a booking that
 * needs a confirmation would wait for one.
 */
export async function move(
  call: Call,
  of: BookingRef,
  start: string,
  reason: string | null,
): Promise<ActionResult<Action>> {
  const before = await readBefore(call, of);
  if (!before.ok) return before;
  const host = hostEmail(before.value);
  const body = {
    start,
    ...(host === null ? {} : { rescheduledBy: host }),
    // A seat takes no reason.
    ...(of.seatUid === null ? {} : { seatUid: of.seatUid }),
    ...(of.seatUid !== null || reason === null ? {} : { reschedulingReason: reason }),
  };
  return {
    ok: true,
    value: {
      call: {
        method: 'POST',
        path: `/bookings/${encodeURIComponent(of.uid)}/reschedule`,
        version: BOOKINGS_VERSION,
        body,
      },
      look: (data) => findMoved(call, { of, start, before: before.value }, newRef(data, of)),
      refOf: (data) => newRef(data, of),
    },
  };
}

function hostEmail({ raw }: ShownBooking): string | null {
  const hosts = raw['hosts'];
  const email = Array.isArray(hosts) ? ownMember(hosts[0], 'email') : undefined;
  return typeof email === 'string' ? email : null;
}

function newRef(data: unknown, of: BookingRef): BookingRef | null {
  const uid = ownMember(data, 'uid');
  const seatUid = ownMember(data, 'seatUid');
  if (typeof uid !== 'string') return null;
  return { uid, seatUid: typeof seatUid === 'string' ? seatUid : of.seatUid };
}

/** The booking at its new time, then the one that it replaced. */
async function findMoved(call: Call, moved: Move, to: BookingRef | null): Promise<Done | null> {
  const { of, start } = moved;
  const old = await readBooking(call, of.uid);
  if (!old.ok) return null;
  const ref = to ??
    (of.seatUid === null ? latestOf(old.value, of) : await seatAt(call, moved, of.seatUid));
  if (ref === null) return null;
  const after = ref.uid === of.uid ? old : await readBooking(call, ref.uid);
  if (!after.ok || !startsAt(after.value, start)) return null;
  if (ref.uid === of.uid) return { ref, shown: [after.value] };
  const shown = [after.value, old.value];
  return of.seatUid === null ? { ref, shown } : { ref, shown, seatFrom: of.uid };
}

/** The booking that replaced it, or itself: a webhook about the move may have been first. */
function latestOf({ booking }: ShownBooking, of: BookingRef): BookingRef | null {
  const uid = booking.rescheduledToUid;
  if (uid !== undefined) return { uid, seatUid: null };
  return booking.status === 'cancelled' || booking.status === 'rejected' ? null : of;
}

/** A seat that moves into a slot keeps its id; at a time that was free it gets another. */
async function seatAt(call: Call, { of, start, before }: Move, seatUid: string) {
  const now = await readBookingOfSeat(call, seatUid);
  if (now.ok && now.value.booking.uid !== undefined) {
    return { uid: now.value.booking.uid, seatUid };
  }
  const email = attendeeOf(before.booking, of)?.email;
  const found = email === undefined ? null : await findBookingAt(call, start, email);
  const seat = found?.booking.attendees.find((attendee) => attendee.email === email);
  return found?.booking.uid === undefined || seat?.seatUid === undefined
    ? null
    : { uid: found.booking.uid, seatUid: seat.seatUid };
}

function startsAt({ booking }: ShownBooking, start: string): boolean {
  return Date.parse(booking.start ?? '') === Date.parse(start);
}
