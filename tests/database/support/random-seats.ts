import fc from 'fast-check';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { stamped } from './every-order.ts';
import { person, slot } from './seated-slot.ts';
import { snapshot } from './snapshots.ts';

type Seat = { email: string; uid: string; seatId: string; isLive: boolean };

/** Deliveries about seats, what Cal.com's API lists after each, and the live seats in the end. */
export type SeatHistory = {
  history: CalendarBooking[];
  listings: CalendarBooking[][];
  live: string[];
};

const STEP_SECONDS = 600;
const POLL_DELAY_SECONDS = 300;

/** Each slot has a day of its own. */
const timesOf = (uid: string) => {
  const sum = Array.from(uid).reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const day = `2026-09-${10 + (sum % 20)}`;
  return { startTime: `${day}T08:00:00.000Z`, endTime: `${day}T09:00:00.000Z` };
};

function listingOf(uids: Set<string>, seats: Seat[], seconds: number): CalendarBooking[] {
  return [...uids].toSorted().flatMap((uid) => {
    const listed = seats.filter((seat) => seat.isLive && seat.uid === uid);
    const common = { uid, seated: true, ...timesOf(uid), ...stamped(seconds) };
    return [
      ...listed.map(({ seatId, email }) => snapshot({ ...common, seatId, ...person(email) })),
      snapshot({
        ...common,
        wholeSlot: true,
        // Cal.com cancels a slot whose last seat was given up.
        snapshot: listed.length === 0
          ? { status: 'cancelled' }
          : { seats: listed.map(({ seatId }) => seatId) },
      }),
    ];
  });
}

const step = fc.record({
  kind: fc.constantFrom('moveIntoSlot', 'moveIntoSlot', 'moveToFreeTime', 'giveUp'),
  person: fc.nat(1),
  seat: fc.nat(1),
  slot: fc.nat(2),
});

/**
 * Two people have up to two seats each in three slots. They move them into another of these slots,
 * where a seat keeps its id, or to a free time, where it gets a new one and nothing says which of
 * the two it was; or they give them up.
 */
export const seatHistory: fc.Arbitrary<SeatHistory> = fc
  .array(step, { minLength: 2, maxLength: 8 })
  .map((steps) => {
    const seats = new Map<string, Seat>();
    const uids = new Set<string>();
    const history: CalendarBooking[] = [];
    const listings: CalendarBooking[][] = [];
    const report = ({ uid, seatId, email }: Seat, delivery: Partial<CalendarBooking>) => {
      const happened = stamped(history.length * STEP_SECONDS);
      history.push(
        slot({ uid, seatId, ...person(email), ...timesOf(uid), ...happened, ...delivery }),
      );
    };
    for (const [index, { kind, person, seat: which, slot }] of steps.entries()) {
      const key = `${person} ${which}`;
      const seat = seats.get(key);
      const uid = kind === 'moveToFreeTime' ? `free-${index}` : `slot-${slot}`;
      if (seat === undefined) {
        const email = `osoba${person}@poczta.example`;
        const taken = { email, uid: `slot-${slot}`, seatId: `seat-${index}`, isLive: true };
        seats.set(key, taken);
        report(taken, {});
      } else if (!seat.isLive || kind !== 'giveUp' && seat.uid === uid) continue;
      else if (kind === 'giveUp') {
        seat.isLive = false;
        report(seat, { trigger: 'BOOKING_CANCELLED' });
      } else {
        const rescheduleUid = seat.uid;
        seat.uid = uid;
        if (kind === 'moveToFreeTime') seat.seatId = `seat-${index}`;
        report(seat, { trigger: 'BOOKING_RESCHEDULED', rescheduleUid });
      }
      for (const { uid } of seats.values()) uids.add(uid);
      const polledAt = (history.length - 1) * STEP_SECONDS + POLL_DELAY_SECONDS;
      listings.push(listingOf(uids, [...seats.values()], polledAt));
    }
    const live = [...seats.values()].filter(({ isLive }) => isLive);
    return { history, listings, live: live.map(({ uid, seatId }) => `${uid}#${seatId}`).sort() };
  });
