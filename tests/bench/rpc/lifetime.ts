import { requireAllApplied } from '../database/all-applied.ts';
import { type Booker, createBookers } from '../database/bookers.ts';
import { type Caller, openCaller } from '../database/caller.ts';
import { createPastAppointments } from '../database/past-appointments.ts';
import type { BenchServer } from '../database/server.ts';
import { created, moved, newBooking, noShow, rescheduled } from '../deliveries/bodies.ts';
import { toCall } from '../deliveries/calls.ts';
import { alternate } from '../measure/alternate.ts';
import { median } from '../measure/load.ts';
import { row, section, verdict } from '../measure/report.ts';
import { deliveryStep } from './delivery-step.ts';

const PAST_APPOINTMENTS = 1_000;
const BOOKINGS = 4;
/** The 500th delivery is in the middle of those that are measured. */
const EARLIER = 495;
const MEASURED = 10;

/**
 * Measures the database call for the 496th to 505th delivery of a booking, in turns with the 1st
 * to 10th of another one.
 */
export async function benchLifetime(server: BenchServer): Promise<string> {
  const database = await server.createDatabase('lifetime');
  const bookers = await createBookers(database);
  await createPastAppointments(database, PAST_APPOINTMENTS, bookers);
  const caller = await openCaller(database);
  const noShows = await measure(caller, bookers, noShowsOf);
  const moves = await measure(caller, bookers, movesOf);
  await caller.close();
  await requireAllApplied(database);

  const range = `${EARLIER + 1}–${EARLIER + MEASURED}`;
  return section(`lifetime: deliveries of one booking, medians of ${BOOKINGS} bookings`, [
    row('', [`1–${MEASURED}, ms`, `${range}, ms`]),
    row('no-shows, set and taken back', [noShows.firstMs.toFixed(2), noShows.lateMs.toFixed(2)]),
    row('reschedules', [moves.firstMs.toFixed(2), moves.lateMs.toFixed(2)]),
    '',
    verdict('500th / first no-show, time', noShows.lateMs / noShows.firstMs, { atMost: 1.5 }),
    verdict('500th / first reschedule, time', moves.lateMs / moves.firstMs, { atMost: 2 }),
  ]);
}

/** The first delivery of a booking, and what returns the next one at every call. */
type Life = { created: string; next: () => string };

/** Each delivery is five seconds after the one before, and the last one is not in the future. */
function sentAtMs(): () => number {
  let atMs = Date.now() - (EARLIER + MEASURED + 1) * 5_000;
  return () => atMs += 5_000;
}

function noShowsOf(bookers: readonly Booker[]): Life {
  const booking = newBooking(bookers);
  const next = sentAtMs();
  let isAbsent = false;
  return {
    created: created(booking, next()),
    next: () => noShow(booking, isAbsent = !isAbsent, next()),
  };
}

function movesOf(bookers: readonly Booker[]): Life {
  let booking = newBooking(bookers);
  const next = sentAtMs();
  return {
    created: created(booking, next()),
    next: () => rescheduled(booking = moved(booking), next()),
  };
}

async function measure(
  caller: Caller,
  bookers: readonly Booker[],
  start: (bookers: readonly Booker[]) => Life,
): Promise<{ firstMs: number; lateMs: number }> {
  const deliver = async (body: string): Promise<void> => caller.deliver(await toCall(body));
  const firstMs: number[] = [];
  const lateMs: number[] = [];
  for (let pair = 0; pair < BOOKINGS; pair++) {
    const [old, young] = [start(bookers), start(bookers)];
    await deliver(old.created);
    for (let earlier = 0; earlier < EARLIER; earlier++) await deliver(old.next());
    await deliver(young.created);
    const [first = [], late = []] = await alternate(
      [young, old].map(({ next }) => deliveryStep(caller, next)),
      MEASURED,
    );
    firstMs.push(...first);
    lateMs.push(...late);
  }
  return { firstMs: median(firstMs), lateMs: median(lateMs) };
}
