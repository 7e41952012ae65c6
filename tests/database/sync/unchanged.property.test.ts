import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';
import { listingAfter, slotListingAfter } from '../support/api-listings.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { deliver } from '../support/deliveries.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { loggedSnapshots, sync } from '../support/snapshots.ts';

const RUNS = runCount({ some: 12, many: 60 });

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

/** Only the API knows of a no-show whose attendee no other delivery names. */
const attended = plainHistory.filter((history) =>
  history.every(({ trigger }) => trigger !== 'BOOKING_NO_SHOW_UPDATED')
);

it.each<[
  string,
  fc.Arbitrary<CalendarBooking[]>,
  (history: CalendarBooking[]) => CalendarBooking[],
]>([
  ['a booking', attended, (history) => listingAfter(history, true)],
  [
    'a booking on a server that reports no moves',
    attended,
    (history) => listingAfter(history, false),
  ],
  ['a slot', slotHistory, slotListingAfter],
])(
  'polls of %s change and store nothing once all has arrived',
  async (_what, histories, listing) => {
    const arrivals = histories.chain((history) =>
      fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length }))
    );
    await fc.assert(
      fc.asyncProperty(arrivals, async ([history, arrived]) => {
        await forgetDeliveries(database);
        for (const delivery of arrived) await deliver(database, delivery);
        const rows = await syncedRows(database, salon.id);
        const listed = listing(history);
        for (let poll = 1; poll <= 2; poll++) {
          expect(await sync(database, salon.id, listed)).toEqual({ unchanged: listed.length });
        }
        expect(await syncedRows(database, salon.id)).toEqual(rows);
        expect(await loggedSnapshots(database)).toBe(0);
      }),
      { numRuns: RUNS },
    );
  },
);
