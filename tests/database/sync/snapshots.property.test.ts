import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking, Snapshot } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { listingAfter, slotListingAfter } from '../support/listings.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { plainLife, seatedLife } from '../support/random-life.ts';
import { sync } from '../support/snapshots.ts';

const RUNS = 30;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

async function deliverAll(deliveries: readonly CalendarBooking[]) {
  await forgetDeliveries(database);
  for (const delivery of deliveries) {
    const { reason } = await deliver(database, delivery);
    expect(reason).not.toBe('apply_failed');
  }
}
const rows = () => syncedRows(database, salon.id);

async function rowsAfter(deliveries: readonly CalendarBooking[]) {
  await deliverAll(deliveries);
  return await rows();
}

/** A life with looks at Cal.com in between, and the same in another order. */
const watched = (
  life: fc.Arbitrary<CalendarBooking[]>,
  listing: (told: CalendarBooking[]) => CalendarBooking[],
) =>
  life.chain((told) =>
    fc.subarray(told.map((_, index) => index + 1)).chain((looks) => {
      const all = [...told, ...looks.flatMap((steps) => listing(told.slice(0, steps)))];
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
    })
  );

it.each([true, false])(
  'a plain booking ends in the same row wherever Cal.com was asked (it tells moves: %s)',
  async (tellsMoves) => {
    const listing = (told: CalendarBooking[]) => listingAfter(told, tellsMoves);
    await fc.assert(
      fc.asyncProperty(watched(plainLife, listing), async ([told, shuffled]) => {
        expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(told));
      }),
      { numRuns: RUNS },
    );
  },
);

it('a slot ends in the same rows wherever Cal.com was asked', async () => {
  await fc.assert(
    fc.asyncProperty(watched(seatedLife, slotListingAfter), async ([told, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(told));
    }),
    { numRuns: RUNS },
  );
});

/** A life of which only part was heard, in some order, with looks at Cal.com among it. */
const overheard = (life: fc.Arbitrary<CalendarBooking[]>) =>
  life.chain((told) =>
    fc.tuple(
      fc.constant(told),
      fc.shuffledSubarray(told),
      fc.subarray(told.map((_, index) => index + 1)),
    )
  );

/** What a salon goes by; whether somebody had to confirm it is known from webhooks only. */
const essence = (row: Record<string, unknown>) => ({
  uid: row['cal_com_event_id'],
  start: new Date(String(row['start_time'])).toISOString(),
  status: row['status'] === 'confirmed' ? 'scheduled' : row['status'],
});

const essenceOfListed = ({ uid, startTime, snapshot }: CalendarBooking) => ({
  uid,
  start: startTime,
  status: snapshot?.status === 'accepted' ? liveStatus(snapshot) : snapshot?.status,
});

function liveStatus({ absent, ended }: Snapshot): string {
  if (absent) return 'no_show';
  return ended ? 'completed' : 'scheduled';
}

it.each([true, false])(
  'a plain booking is right after a look at Cal.com, whatever was lost (it tells moves: %s)',
  async (tellsMoves) => {
    await fc.assert(
      fc.asyncProperty(overheard(plainLife), async ([told, heard, looks]) => {
        await forgetDeliveries(database);
        for (const steps of looks) {
          await sync(database, salon.id, listingAfter(told.slice(0, steps), tellsMoves));
        }
        for (const delivery of heard) await deliver(database, delivery);
        const listed = listingAfter(told, tellsMoves);
        await sync(database, salon.id, listed);
        // The last of the chain is the appointment.
        expect((await rows()).map(essence)).toEqual(listed.slice(-1).map(essenceOfListed));
      }),
      { numRuns: RUNS },
    );
  },
);

it('the seats of a slot are right after a look at Cal.com, whatever was lost', async () => {
  await fc.assert(
    fc.asyncProperty(overheard(seatedLife), async ([told, heard, looks]) => {
      await forgetDeliveries(database);
      for (const steps of looks) {
        await sync(database, salon.id, slotListingAfter(told.slice(0, steps)));
      }
      for (const delivery of heard) await deliver(database, delivery);
      const listed = slotListingAfter(told);
      await sync(database, salon.id, listed);
      const live = (await rows()).map(essence).filter(({ status }) => status !== 'cancelled');
      expect(live.map(({ uid, status }) => [uid, status]).sort()).toEqual(seatsOf(listed));
    }),
    { numRuns: RUNS },
  );
});

function seatsOf(listed: readonly CalendarBooking[]) {
  return listed.flatMap(({ uid, seatId, snapshot }) =>
    seatId === null ? [] : [[`${uid}#${seatId}`, snapshot?.ended ? 'completed' : 'scheduled']]
  ).sort();
}
