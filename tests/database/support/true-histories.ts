import fc from 'fast-check';
import { type Between, stampOf } from '../../../cli/simulator/deliveries/lateness.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { newTrueBooking, type TrueEvent, truthOf } from './true-booking.ts';
import { BEGINNINGS, stepNamed, STEPS } from './true-steps.ts';

/** What happened to a booking, and the appointment as a person would read it. */
export type TrueHistory = { events: TrueEvent[]; truth: ReturnType<typeof truthOf> };

/** How far apart two events must be that only their stamps order, if each is off by a minute. */
const DISTINCT_MS = 125_000;
const HURRY_MS = 15_000;
const PAUSE_MS = 6 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[];

const step = fc.record({
  name: fc.constantFrom(...keysOf(STEPS)),
  hurry: fc.boolean(),
  /** Between 0 and 1. */
  pause: fc.integer({ min: 0, max: 1000 }).map((part) => part / 1000),
  saysAll: fc.boolean(),
  choice: fc.nat(2),
});

/**
 * What happens to a booking with one attendee. Half of it follows within seconds; only what can
 * happen several times to one uid is further apart, because nothing but its stamps orders it.
 */
export const trueHistory: fc.Arbitrary<TrueHistory> = fc
  .record({
    beginning: fc.constantFrom(...keysOf(BEGINNINGS)),
    steps: fc.array(step, { maxLength: 10 }),
  })
  .map(({ beginning, steps }) => {
    const booking = newTrueBooking();
    BEGINNINGS[beginning](booking);
    for (const { name, hurry, pause, saysAll, choice } of steps) {
      const { isPossible, happen, isRepeatable } = stepNamed(name);
      if (!isPossible(booking)) continue;
      booking.now += Math.round(hurry ? pause * HURRY_MS : pause * PAUSE_MS);
      if (isRepeatable) {
        booking.now = Math.max(booking.now, booking.repeatedAt + DISTINCT_MS);
        booking.repeatedAt = booking.now;
      }
      booking.saysAll = saysAll;
      happen(booking, choice);
    }
    return { events: booking.events, truth: truthOf(booking) };
  });

/** Draws a stamp for an event, in milliseconds. */
export type Stamping = (event: TrueEvent, between: Between) => number;

/** The time of the event itself. */
export const exactly: Stamping = ({ happenedAt }) => happenedAt;
/** As late as hosted Cal.com stamps. */
export const asHosted: Stamping = ({ event, happenedAt }, between) =>
  stampOf(event, happenedAt, between);
/** Up to a minute early or late. */
export const withinAMinute: Stamping = ({ happenedAt }, between) =>
  happenedAt + between(-60_000, 60_000);

/** The delivery about an event, stamped like this. `draw`: a number that decides the stamp. */
export function stampedBy(stamping: Stamping, event: TrueEvent, draw = 0): CalendarBooking {
  const between: Between = (least, most) => least + draw % (most - least + 1);
  return { ...event.delivery, occurredAt: new Date(stamping(event, between)).toISOString() };
}

/** What arrives of a history: everything, some of it twice, stamped like this, in any order. */
export function arrivalsOf(
  events: readonly TrueEvent[],
  stamping: Stamping,
): fc.Arbitrary<CalendarBooking[]> {
  return fc.subarray([...events]).chain((again) => {
    const all = [...events, ...again];
    const draws = fc.array(fc.nat(DAY_MS), { minLength: all.length, maxLength: all.length });
    return draws.chain((drawn) => {
      const stamped = all.map((event, index) => stampedBy(stamping, event, drawn[index]));
      return fc.shuffledSubarray(stamped, { minLength: stamped.length });
    });
  });
}
