import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { snapshot } from './snapshots.ts';

/** A booking as Cal.com has it after part of its life. */
type Listed = {
  first: CalendarBooking;
  appointment: Pick<CalendarBooking, 'startTime' | 'endTime'>;
  status: 'pending' | 'accepted' | 'cancelled';
  movedTo: string | null;
  absent: boolean;
  ended: boolean;
};

/** A slot as Cal.com has it: who sits where. */
type ListedSlot = {
  appointment: Pick<CalendarBooking, 'startTime' | 'endTime'>;
  cancelled: boolean;
  ended: boolean;
  seats: Map<string, string | null>;
};

/** Half an hour after something happened: before the next thing does. */
const MS_AFTER = 30 * 60_000;

const appointmentOf = ({ startTime, endTime }: CalendarBooking) => ({ startTime, endTime });

function askedAfter(told: readonly CalendarBooking[]): string {
  const last = told.at(-1)?.occurredAt ?? '2026-07-01T00:00:00.000Z';
  return new Date(Date.parse(last) + MS_AFTER).toISOString();
}

/**
 * What Cal.com's API lists after a part of a plain booking's life: every uid it ever had.
 *
 * @param tellsMoves Whether the server says what took the place of a booking; older ones do not.
 */
export function listingAfter(
  told: readonly CalendarBooking[],
  tellsMoves: boolean,
): CalendarBooking[] {
  const listed = new Map<string, Listed>();
  for (const step of told) happen(listed, step);
  return [...listed].map(([uid, { first, appointment, status, movedTo, absent, ended }]) =>
    snapshot({
      uid,
      rescheduleUid: first.rescheduleUid,
      occurredAt: askedAfter(told),
      ...appointment,
      snapshot: {
        status,
        absent,
        ended,
        movedTo: tellsMoves ? movedTo : null,
        createdAt: first.occurredAt,
      },
    })
  );
}

function happen(listed: Map<string, Listed>, step: CalendarBooking): void {
  const { trigger, uid, rescheduleUid } = step;
  if (rescheduleUid !== null) {
    const old = listed.get(rescheduleUid);
    if (old !== undefined) Object.assign(old, { status: 'cancelled', movedTo: uid });
  }
  const booking = listed.get(uid);
  const asked = trigger === 'BOOKING_REQUESTED' || trigger === 'BOOKING_PAYMENT_INITIATED';
  if (booking === undefined) {
    const status = asked ? 'pending' : 'accepted';
    const appointment = appointmentOf(step);
    listed.set(uid, {
      first: step,
      appointment,
      status,
      movedTo: null,
      absent: false,
      ended: false,
    });
  } else if (trigger === 'BOOKING_CANCELLED') booking.status = 'cancelled';
  else if (booking.status === 'cancelled') return;
  else if (trigger === 'MEETING_ENDED') Object.assign(booking, { status: 'accepted', ended: true });
  else if (trigger === 'BOOKING_NO_SHOW_UPDATED') booking.absent = true;
  else if (!asked) booking.status = 'accepted';
}

/** What Cal.com's API lists after a part of the life of a slot: each slot, its seats before it. */
export function slotListingAfter(told: readonly CalendarBooking[]): CalendarBooking[] {
  const slots = new Map<string, ListedSlot>();
  for (const step of told) happenToSlots(slots, step);
  return [...slots].flatMap(([uid, { appointment, cancelled, ended, seats }]) => {
    const common = { uid, seated: true, occurredAt: askedAfter(told), ...appointment };
    // Cal.com takes everybody out of a slot that is cancelled.
    const gone = cancelled || seats.size === 0;
    const status = gone ? 'cancelled' as const : 'accepted' as const;
    const taken = gone ? [] : [...seats];
    return [
      ...taken.map(([seatId, attendeeEmail]) =>
        snapshot({ ...common, seatId, attendeeEmail, snapshot: { status, ended } })
      ),
      snapshot({
        ...common,
        wholeSlot: true,
        snapshot: { status, ended, seats: gone ? null : taken.map(([seatId]) => seatId) },
      }),
    ];
  });
}

function happenToSlots(slots: Map<string, ListedSlot>, step: CalendarBooking): void {
  const { trigger, uid, seatId, attendeeEmail, rescheduleUid, wholeSlot } = step;
  const slot = slots.get(uid) ??
    { appointment: appointmentOf(step), cancelled: false, ended: false, seats: new Map() };
  slots.set(uid, slot);
  if (trigger === 'MEETING_ENDED') slot.ended = true;
  else if (trigger === 'BOOKING_CANCELLED' && wholeSlot) slot.cancelled = true;
  else if (wholeSlot) slot.appointment = appointmentOf(step);
  else {
    // Whoever leaves, or moves, is not where they were.
    for (const left of [uid, rescheduleUid]) {
      const seats = slots.get(left ?? '')?.seats ?? new Map<string, string | null>();
      for (const [id, email] of seats) if (email === attendeeEmail) seats.delete(id);
    }
    if (trigger !== 'BOOKING_CANCELLED' && seatId !== null) {
      slot.appointment = appointmentOf(step);
      slot.seats.set(seatId, attendeeEmail);
    }
  }
}
