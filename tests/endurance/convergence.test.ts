import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectToConverge, openPair, type Pair } from '../support/calcom/convergence.ts';
import { deliverBySql, syncBySql } from '../support/calcom/sql-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Bookings of one salon in three months; `LIVES=200 npm run test:endurance` for a quick look. */
const LIVES = Number(process.env.LIVES ?? 2000);
const SEEDS = [1, 2, 3];

let database: TestDatabase;
let pair: Pair;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await pair.stop();
  await database.drop();
});

it.each(SEEDS)('thousands of lives end as in Cal.com, seed %i', async (seed) => {
  pair = await openPair(database, seed);
  const figures = await expectToConverge(
    database,
    pair,
    { lives: LIVES, seed },
    {
      deliver: (delivery) => deliverBySql(database, delivery),
      sync: (from) => syncBySql(database, pair.calcom.url, pair.salonId, from),
    },
  );
  console.log(`seed ${seed}: ${JSON.stringify({ lives: LIVES, ...figures })}`);
  expect(figures.faults.lost).toBeGreaterThan(LIVES / 10);
});
