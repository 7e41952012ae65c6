import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { deliver } from '../support/deliveries.ts';
import { storedAndFolded } from '../support/folds.ts';
import { seatHistory } from '../support/random-seats.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { sync } from '../support/snapshots.ts';

const RUNS = runCount({ some: 30, many: 100 });

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

/** The deliveries that arrived, in some order, and polls in between, the earliest first. */
const scene = seatHistory.chain(({ history, listings, live }) =>
  fc.record({
    arrived: fc.shuffledSubarray(history),
    polls: fc.subarray(listings).chain((polled) =>
      fc.array(fc.nat(history.length), { minLength: polled.length, maxLength: polled.length })
        .map((moments) => moments.toSorted((a, b) => a - b))
        .map((moments) => polled.map((listing, index) => ({ listing, before: moments[index] })))
    ),
    listed: fc.constant(listings.at(-1) ?? []),
    live: fc.constant(live),
  })
);

const liveSeats = async () =>
  (await syncedRows(database, salon.id))
    .filter(({ status }) => status !== 'cancelled')
    .map((row) => String(row['cal_com_event_id']))
    .sort();

it('the seats of people with two are right after a poll, whatever was lost, and the next changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ arrived, polls, listed, live }) => {
      await forgetDeliveries(database);
      for (let index = 0; index <= arrived.length; index++) {
        for (const { before, listing } of polls) {
          if (before === index) await sync(database, salon.id, listing);
        }
        const delivery = arrived[index];
        if (delivery !== undefined) await deliver(database, delivery);
      }
      await sync(database, salon.id, listed);
      expect(await liveSeats()).toEqual(live);
      for (const { stored, folded } of await storedAndFolded(database)) {
        expect(folded).toEqual(stored);
      }
      await sync(database, salon.id, listed);
      expect(await sync(database, salon.id, listed)).toEqual({ unchanged: listed.length });
    }),
    { numRuns: RUNS },
  );
});
