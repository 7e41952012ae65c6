import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CalendarBooking, SNAPSHOT_TRIGGER } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';
import { listingAfter, slotListingAfter } from '../support/api-listings.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { deliver } from '../support/deliveries.ts';
import { storedAndFolded } from '../support/folds.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { sync } from '../support/snapshots.ts';
import { arrivalsOf, trueHistory, withinAMinute } from '../support/true-histories.ts';

const RUNS = runCount({ some: 15, many: 60 });

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
});
afterAll(() => database.drop());

/** What arrives: webhook deliveries, and snapshots that the sync finds. */
async function receive(arrived: readonly CalendarBooking[]): Promise<void> {
  await forgetDeliveries(database);
  for (const one of arrived) {
    if (one.trigger === SNAPSHOT_TRIGGER) await sync(database, salon.id, [one]);
    else await deliver(database, one);
  }
}

/** Deliveries with polls in between, in any order. */
const withPolls = (
  histories: fc.Arbitrary<CalendarBooking[]>,
  listing: (history: CalendarBooking[]) => CalendarBooking[],
) =>
  histories.chain((history) =>
    fc.subarray(history.map((_, index) => index + 1)).chain((polls) => {
      const all = [...history, ...polls.flatMap((steps) => listing(history.slice(0, steps)))];
      return fc.shuffledSubarray(all, { minLength: all.length });
    })
  );

it.each<[string, fc.Arbitrary<CalendarBooking[]>]>([
  [
    'deliveries with wrong stamps',
    trueHistory.chain(({ events }) => arrivalsOf(events, withinAMinute)),
  ],
  [
    'deliveries and snapshots',
    withPolls(plainHistory, (history) => listingAfter(history, true)),
  ],
  [
    'deliveries and snapshots of a server that reports no moves',
    withPolls(plainHistory, (history) => listingAfter(history, false)),
  ],
  ['deliveries and snapshots of a slot', withPolls(slotHistory, slotListingAfter)],
])('%s, added one at a time, give what folding them all gives', async (_name, arrivals) => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (arrived) => {
      await receive(arrived);
      const rows = await storedAndFolded(database);
      expect(rows.length).toBeGreaterThan(0);
      for (const { stored, folded } of rows) expect(stored).toEqual(folded);
    }),
    { numRuns: RUNS },
  );
});
