import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking, Snapshot } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { deliver } from '../support/deliveries.ts';
import { listingAfter, slotListingAfter } from '../support/api-listings.ts';
import { forgetDeliveries, type SyncedRow, syncedRows } from '../support/calendar-rows.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { sync } from '../support/snapshots.ts';

const RUNS = runCount({ some: 12, many: 40 });

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

/** A snapshot that changes nothing else does not correct the time of booking. */
const withoutCreation = (rows: SyncedRow[]) => rows.map((row) => ({ ...row, created_at: null }));

async function rowsAfter(deliveries: readonly CalendarBooking[]) {
  await deliverAll(deliveries);
  return withoutCreation(await rows());
}

/** A history with polls in between, and the same in another order. */
const withPolls = (
  histories: fc.Arbitrary<CalendarBooking[]>,
  listing: (history: CalendarBooking[]) => CalendarBooking[],
) =>
  histories.chain((history) =>
    fc.subarray(history.map((_, index) => index + 1)).chain((polls) => {
      const all = [...history, ...polls.flatMap((steps) => listing(history.slice(0, steps)))];
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
    })
  );

it.each([true, false])(
  'the time of polls does not change an appointment (server reports moves: %s)',
  async (reportsMoves) => {
    const listing = (history: CalendarBooking[]) => listingAfter(history, reportsMoves);
    await fc.assert(
      fc.asyncProperty(withPolls(plainHistory, listing), async ([history, shuffled]) => {
        expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(history));
      }),
      { numRuns: RUNS },
    );
  },
);

it('the time of polls does not change the seats of a slot', async () => {
  await fc.assert(
    fc.asyncProperty(withPolls(slotHistory, slotListingAfter), async ([history, shuffled]) => {
      expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(history));
    }),
    { numRuns: RUNS },
  );
});

/** A history, the part of it that arrived, in some order, and when Cal.com was polled. */
const withLosses = (histories: fc.Arbitrary<CalendarBooking[]>) =>
  histories.chain((history) =>
    fc.tuple(
      fc.constant(history),
      fc.shuffledSubarray(history),
      fc.subarray(history.map((_, index) => index + 1)),
    )
  );

/** What matters to a salon. Only deliveries tell whether a booking had to be confirmed. */
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
  'an appointment is right after a poll, whatever was lost (server reports moves: %s)',
  async (reportsMoves) => {
    await fc.assert(
      fc.asyncProperty(withLosses(plainHistory), async ([history, arrived, polls]) => {
        await forgetDeliveries(database);
        for (const steps of polls) {
          await sync(database, salon.id, listingAfter(history.slice(0, steps), reportsMoves));
        }
        for (const delivery of arrived) await deliver(database, delivery);
        const listed = listingAfter(history, reportsMoves);
        await sync(database, salon.id, listed);
        // The last booking of the chain is the appointment.
        expect((await rows()).map(essence)).toEqual(listed.slice(-1).map(essenceOfListed));
      }),
      { numRuns: RUNS },
    );
  },
);

it('the seats of a slot are right after a poll, whatever was lost', async () => {
  await fc.assert(
    fc.asyncProperty(withLosses(slotHistory), async ([history, arrived, polls]) => {
      await forgetDeliveries(database);
      for (const steps of polls) {
        await sync(database, salon.id, slotListingAfter(history.slice(0, steps)));
      }
      for (const delivery of arrived) await deliver(database, delivery);
      const listed = slotListingAfter(history);
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
