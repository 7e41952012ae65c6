import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { snapshot } from './snapshots.ts';

/** A booking as Cal.com has it after part of its history. */
type Listed = {
  first: CalendarBooking;
  times: Pick<CalendarBooking, 'startTime' | 'endTime'>;
  status: 'pending' | 'accepted' | 'cancelled';
  movedTo: string | null;
  absent: boolean;
  ended: boolean;
};

/** A slot as Cal.com has it: its seats by id, with their attendees. */
type ListedSlot = {
  times: Pick<CalendarBooking, 'startTime' | 'endTime'>;
  cancelled: boolean;
  ended: boolean;
  seats: Map<string, string | null>;
};

/** A poll half an hour after an event comes before the next event. */
const POLL_DELAY_MS = 30 * 60_000;

const timesOf = ({ startTime, endTime }: CalendarBooking) => ({ startTime, endTime });

function polledAfter(history: readonly CalendarBooking[]): string {
  const last = history.at(-1)?.occurredAt ?? '2026-07-01T00:00:00.000Z';
  return new Date(Date.parse(last) + POLL_DELAY_MS).toISOString();
}

/**
 * What Cal.com's API lists after part of a booking's history: every uid that it ever had.
 *
 * @param reportsMoves Whether the server names the successor of a booking; older ones do not.
 */
export function listingAfter(
  history: readonly CalendarBooking[],
  reportsMoves: boolean,
): CalendarBooking[] {
  const listed = new Map<string, Listed>();
  for (const step of history) applyTo(listed, step);
  return [...listed].map(([uid, { first, times, status, movedTo, absent, ended }]) =>
    snapshot({
      uid,
      rescheduleUid: first.rescheduleUid,
      occurredAt: polledAfter(history),
      ...times,
      snapshot: {
        status,
        absent,
        ended,
        movedTo: reportsMoves ? movedTo : null,
        createdAt: first.occurredAt,
      },
    })
  );
}

function applyTo(listed: Map<string, Listed>, step: CalendarBooking): void {
  const { trigger, uid, rescheduleUid } = step;
  if (rescheduleUid !== null) {
    const old = listed.get(rescheduleUid);
    if (old !== undefined) Object.assign(old, { status: 'cancelled', movedTo: uid });
  }
  const booking = listed.get(uid);
  const isRequest = trigger === 'BOOKING_REQUESTED' || trigger === 'BOOKING_PAYMENT_INITIATED';
  if (booking === undefined) {
    const status = isRequest ? 'pending' : 'accepted';
    const times = timesOf(step);
    listed.set(uid, {
      first: step,
      times,
      status,
      movedTo: null,
      absent: false,
      ended: false,
    });
  } else if (trigger === 'BOOKING_CANCELLED') booking.status = 'cancelled';
  else if (booking.status === 'cancelled') return;
  else if (trigger === 'MEETING_ENDED') Object.assign(booking, { status: 'accepted', ended: true });
  else if (trigger === 'BOOKING_NO_SHOW_UPDATED') booking.absent = true;
  else if (!isRequest) booking.status = 'accepted';
}

/** What Cal.com's API lists after part of a slot's history: the seats of each slot, then the slot. */
export function slotListingAfter(history: readonly CalendarBooking[]): CalendarBooking[] {
  const slots = new Map<string, ListedSlot>();
  for (const step of history) applyToSlots(slots, step);
  return [...slots].flatMap(([uid, { times, cancelled, ended, seats }]) => {
    const common = { uid, seated: true, occurredAt: polledAfter(history), ...times };
    // Cal.com removes every seat from a cancelled slot.
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

function applyToSlots(slots: Map<string, ListedSlot>, step: CalendarBooking): void {
  const { trigger, uid, seatId, attendeeEmail, rescheduleUid, wholeSlot } = step;
  const slot = slots.get(uid) ??
    { times: timesOf(step), cancelled: false, ended: false, seats: new Map() };
  slots.set(uid, slot);
  if (trigger === 'MEETING_ENDED') slot.ended = true;
  else if (trigger === 'BOOKING_CANCELLED' && wholeSlot) slot.cancelled = true;
  else if (wholeSlot) slot.times = timesOf(step);
  else {
    // A seat that was cancelled or moved is no longer in its slot.
    for (const left of [uid, rescheduleUid]) {
      const seats = slots.get(left ?? '')?.seats ?? new Map<string, string | null>();
      for (const [id, email] of seats) if (email === attendeeEmail) seats.delete(id);
    }
    if (trigger !== 'BOOKING_CANCELLED' && seatId !== null) {
      slot.times = timesOf(step);
      slot.seats.set(seatId, attendeeEmail);
    }
  }
}
