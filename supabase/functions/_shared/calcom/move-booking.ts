import { ownMember } from '../../../../shared/json/records.ts';
import type { ActionResult, Call } from './calcom-client.ts';
import type { Action, BookingRef } from './perform.ts';
import {
  BOOKINGS_VERSION,
  readBooking,
  readBookingOfSeat,
  type ShownBooking,
} from './read-booking.ts';

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
  const before = await readBooking(call, of.uid);
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
      look: (data) => findMoved(call, of, start, newRef(data, of)),
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
async function findMoved(
  call: Call,
  of: BookingRef,
  start: string,
  to: BookingRef | null,
): Promise<{ ref: BookingRef; shown: ShownBooking[] } | null> {
  const before = await readBooking(call, of.uid);
  if (!before.ok) return null;
  const ref = to ?? await followed(call, of, before.value);
  if (ref === null) return null;
  const after = ref.uid === of.uid ? before : await readBooking(call, ref.uid);
  if (!after.ok || Date.parse(after.value.booking.start ?? '') !== Date.parse(start)) return null;
  return { ref, shown: ref.uid === of.uid ? [after.value] : [after.value, before.value] };
}

async function followed(
  call: Call,
  of: BookingRef,
  { booking }: ShownBooking,
): Promise<BookingRef | null> {
  if (of.seatUid === null) {
    const uid = booking.rescheduledToUid;
    return uid === undefined ? null : { uid, seatUid: null };
  }
  const now = await readBookingOfSeat(call, of.seatUid);
  return now.ok && now.value.booking.uid !== undefined
    ? { uid: now.value.booking.uid, seatUid: of.seatUid }
    : null;
}
