import fc from 'fast-check';
import type { LateEvent } from '../../../cli/simulator/deliveries/lateness.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { booking } from './deliveries.ts';
import type { TrueEvent } from './true-booking.ts';

/** What happened in a slot, and its seats as a person would read it: id and status. */
export type TrueSlotHistory = { events: TrueEvent[]; truth: [string, string][] };

const OPENED_MS = Date.parse('2026-08-01T10:00:00.000Z');
const HURRY_MS = 15_000;
/** So far apart that a minute's error of each keeps their order. */
const DISTINCT_MS = 125_000;
const HOUR_MS = 3_600_000;

type Seat = { email: string; uid: string; seatId: string; status: 'scheduled' | 'cancelled' };

const emailOf = (person: number) => `osoba${person}@poczta.example`;
const naming = (email: string) => ({
  attendeeEmail: email,
  attendees: [{ email, phone: null, noShow: null }],
});

const step = fc.record({
  kind: fc.constantFrom('take', 'take', 'giveUp', 'move', 'changeLocation' as const),
  person: fc.nat(3),
  hurry: fc.boolean(),
  pause: fc.integer({ min: 0, max: HURRY_MS }),
});

/**
 * What happens to a slot: each of four people takes a seat at most once, may move it to free times,
 * and may give it up; half of it within seconds. In the end the host may cancel the slot.
 */
export const trueSlotHistory: fc.Arbitrary<TrueSlotHistory> = fc
  .record({ steps: fc.array(step, { minLength: 1, maxLength: 9 }), isCancelled: fc.boolean() })
  .map(({ steps, isCancelled }) => {
    const events: TrueEvent[] = [];
    const seats = new Map<number, Seat>();
    let now = OPENED_MS;
    let ids = 0;
    let location: string | null = null;
    const report = (event: LateEvent, delivery: Partial<CalendarBooking>) =>
      events.push({
        happenedAt: now,
        event,
        delivery: booking({
          uid: 'slot',
          seated: true,
          occurredAt: new Date(now).toISOString(),
          ...delivery,
        }),
      });

    for (const { kind, person, hurry, pause } of steps) {
      const email = emailOf(person);
      const seat = seats.get(person);
      now += hurry ? pause : DISTINCT_MS + pause * (HOUR_MS / HURRY_MS);
      if (kind === 'changeLocation') {
        now += DISTINCT_MS;
        location = `ul. Nowa ${events.length}`;
        report('other', { trigger: 'BOOKING_LOCATION_UPDATED', wholeSlot: true, location });
        now += DISTINCT_MS;
      } else if (kind === 'take' && seat === undefined) {
        const taken: Seat = { email, uid: 'slot', seatId: `seat-${ids++}`, status: 'scheduled' };
        seats.set(person, taken);
        report('created', { seatId: taken.seatId, location, ...naming(email) });
      } else if (seat?.status !== 'scheduled') continue;
      else if (kind === 'giveUp') {
        seat.status = 'cancelled';
        const { uid, seatId } = seat;
        report('cancelled', { trigger: 'BOOKING_CANCELLED', uid, seatId, ...naming(email) });
      } else if (kind === 'move') {
        const rescheduleUid = seat.uid;
        Object.assign(seat, { uid: `free-${ids}`, seatId: `seat-${ids++}` });
        const { uid, seatId } = seat;
        report('rescheduled', {
          trigger: 'BOOKING_RESCHEDULED',
          uid,
          rescheduleUid,
          seatId,
          ...naming(email),
        });
      }
    }
    if (isCancelled) {
      report('cancelled', { trigger: 'BOOKING_CANCELLED', wholeSlot: true });
      for (const seat of seats.values()) if (seat.uid === 'slot') seat.status = 'cancelled';
    }
    const truth = [...seats.values()].map(({ uid, seatId, status }): [string, string] => [
      `${uid}#${seatId}`,
      status,
    ]);
    return { events, truth: truth.toSorted() };
  });
