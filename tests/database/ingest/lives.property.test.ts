import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createClient, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, fromSecondSubscription, syncedRows } from '../support/lives.ts';
import { plainLife, seatedLife } from '../support/random-life.ts';

const RUNS = 60;

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

/** A life, and the same life in another order with some of it said again. */
const retold = (life: fc.Arbitrary<CalendarBooking[]>) =>
  life.chain((told) => {
    const again = fc.subarray(told).map((some) => some.map(fromSecondSubscription));
    return fc.tuple(fc.constant(told), again).chain(([one, two]) =>
      fc.tuple(
        fc.constant([...one, ...two]),
        fc.shuffledSubarray([...one, ...two, ...one], { minLength: one.length * 2 + two.length }),
      )
    );
  });

it('a plain booking ends in the same row in whatever order its life is told', async () => {
  await fc.assert(
    fc.asyncProperty(retold(plainLife), async ([told, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(told));
    }),
    { numRuns: RUNS },
  );
});

it('the seats of a slot end in the same rows in whatever order their life is told', async () => {
  await fc.assert(
    fc.asyncProperty(retold(seatedLife), async ([told, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(told));
    }),
    { numRuns: RUNS },
  );
});

it('a booking that was not cancelled is never lost, and one that was is never live', async () => {
  await fc.assert(
    fc.asyncProperty(retold(plainLife), async ([told, shuffled]) => {
      const rows = await rowsAfter(shuffled);
      expect(rows).toHaveLength(1);
      const live = rows[0]?.['status'] !== 'cancelled';
      expect(live).toBe(!endsCancelled(told));
    }),
    { numRuns: RUNS },
  );
});

/** Cancelled under its last uid: what a person reading the life would say. */
function endsCancelled(told: readonly CalendarBooking[]): boolean {
  const moves = told.filter(({ rescheduleUid }) => rescheduleUid !== null);
  const lastUid = moves.find(({ uid }) => !moves.some((move) => move.rescheduleUid === uid))?.uid ??
    booking().uid;
  return told.some(({ trigger, uid }) =>
    uid === lastUid && (trigger === 'BOOKING_CANCELLED' || trigger === 'BOOKING_REJECTED')
  );
}
