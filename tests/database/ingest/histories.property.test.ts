import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { fromSecondWebhook } from '../support/orders.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';

const RUNS = runCount({ some: 20, many: 60 });

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
});
afterAll(() => database.drop());

async function rowsAfter(deliveries: readonly CalendarBooking[]) {
  await forgetDeliveries(database);
  for (const delivery of deliveries) {
    const { reason } = await deliver(database, delivery);
    expect(reason).not.toBe('apply_failed');
  }
  return await syncedRows(database, salon.id);
}

/** A history with some deliveries repeated, and the same in another order. */
const reordered = (histories: fc.Arbitrary<CalendarBooking[]>) =>
  histories.chain((history) => {
    const again = fc.subarray(history).map((some) => some.map(fromSecondWebhook));
    return fc.tuple(fc.constant(history), again).chain(([one, two]) =>
      fc.tuple(
        fc.constant([...one, ...two]),
        fc.shuffledSubarray([...one, ...two, ...one], { minLength: one.length * 2 + two.length }),
      )
    );
  });

it('the order and repetition of deliveries do not change an appointment', async () => {
  await fc.assert(
    fc.asyncProperty(reordered(plainHistory), async ([history, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(history));
    }),
    { numRuns: RUNS },
  );
});

it('the order and repetition of deliveries do not change the seats of a slot', async () => {
  await fc.assert(
    fc.asyncProperty(reordered(slotHistory), async ([history, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(history));
    }),
    { numRuns: RUNS },
  );
});

it('an appointment is cancelled exactly if its booking was', async () => {
  await fc.assert(
    fc.asyncProperty(reordered(plainHistory), async ([history, shuffled]) => {
      const rows = await rowsAfter(shuffled);
      expect(rows).toHaveLength(1);
      const live = rows[0]?.['status'] !== 'cancelled';
      expect(live).toBe(!endsCancelled(history));
    }),
    { numRuns: RUNS },
  );
});

/** Whether the booking was cancelled under its last uid, as a person would read the history. */
function endsCancelled(history: readonly CalendarBooking[]): boolean {
  const moves = history.filter(({ rescheduleUid }) => rescheduleUid !== null);
  const lastUid = moves.find(({ uid }) => !moves.some((move) => move.rescheduleUid === uid))?.uid ??
    booking().uid;
  return history.some(({ trigger, uid }) =>
    uid === lastUid && (trigger === 'BOOKING_CANCELLED' || trigger === 'BOOKING_REJECTED')
  );
}
