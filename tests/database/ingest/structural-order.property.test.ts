import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { SyncedRow } from '../support/calendar-rows.ts';
import { rowsAfterAll } from '../support/every-order.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import {
  arrivalsOf,
  asHosted,
  exactly,
  stampedBy,
  trueHistory,
  withinAMinute,
} from '../support/true-histories.ts';
import { trueSlotHistory } from '../support/true-seats.ts';

const RUNS = 40;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
});
afterAll(() => database.drop());

/** Without the columns that are stamps. */
const withoutStamps = (rows: SyncedRow[]) =>
  rows.map(({ created_at: _1, cancelled_at: _2, last_event_at: _3, ...row }) => row);

it('exact stamps in the order of events lead to what happened', async () => {
  await fc.assert(
    fc.asyncProperty(trueHistory, async ({ events, truth }) => {
      const deliveries = events.map((event) => stampedBy(exactly, event));
      expect(await rowsAfterAll(database, salon, deliveries)).toMatchObject([truth]);
    }),
    { numRuns: RUNS },
  );
});

it.each([
  ['as late as those of hosted Cal.com', asHosted],
  ['up to a minute early or late', withinAMinute],
])('stamps %s lead to what happened, in any order of arrival', async (_name, stamping) => {
  const heard = trueHistory.chain(({ events, truth }) =>
    fc.record({
      inOrder: fc.constant(events.map((event) => stampedBy(exactly, event))),
      arrived: arrivalsOf(events, stamping),
      truth: fc.constant(truth),
    })
  );
  await fc.assert(
    fc.asyncProperty(heard, async ({ inOrder, arrived, truth }) => {
      const rows = await rowsAfterAll(database, salon, arrived);
      expect(rows).toMatchObject([truth]);
      expect(withoutStamps(rows))
        .toEqual(withoutStamps(await rowsAfterAll(database, salon, inOrder)));
    }),
    { numRuns: RUNS },
  );
});

it.each([
  ['as late as those of hosted Cal.com', asHosted],
  ['up to a minute early or late', withinAMinute],
])('stamps %s lead to what happened to each seat, in any order', async (_name, stamping) => {
  const heard = trueSlotHistory.chain(({ events, truth }) =>
    fc.record({
      inOrder: fc.constant(events.map((event) => stampedBy(exactly, event))),
      arrived: arrivalsOf(events, stamping),
      truth: fc.constant(truth),
    })
  );
  await fc.assert(
    fc.asyncProperty(heard, async ({ inOrder, arrived, truth }) => {
      const rows = await rowsAfterAll(database, salon, arrived);
      expect(rows.map((row) => [row['cal_com_event_id'], row['status']])).toEqual(truth);
      expect(withoutStamps(rows))
        .toEqual(withoutStamps(await rowsAfterAll(database, salon, inOrder)));
    }),
    { numRuns: RUNS },
  );
});
