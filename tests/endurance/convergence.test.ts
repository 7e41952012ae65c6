import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectToConverge, openPair, type Pair } from '../support/calcom/convergence.ts';
import { deliverBySql, syncBySql } from '../support/calcom/sql-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Booking histories of one salon in three months; `HISTORIES=200 npm run test:endurance` is quick. */
const HISTORIES = Number(process.env.HISTORIES ?? 2000);
const SEED = 1;

let database: TestDatabase;
let pair: Pair;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await pair.stop();
  await database.drop();
});

it('after one more poll the calendar equals Cal.com’s', async () => {
  pair = await openPair(database, SEED);
  const figures = await expectToConverge(
    database,
    pair,
    { histories: HISTORIES, seed: SEED },
    {
      deliver: (delivery) => deliverBySql(database, delivery),
      sync: (from) => syncBySql(database, pair.calcom.url, pair.salonId, from),
    },
  );
  console.log(`seed ${SEED}: ${JSON.stringify({ histories: HISTORIES, ...figures })}`);
  expect(figures.faults.lost).toBeGreaterThan(HISTORIES / 10);
});
