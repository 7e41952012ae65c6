import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectToConverge, openPair, type Pair } from '../../support/calcom/convergence.ts';
import { deliverBySql, syncBySql } from '../../support/calcom/sql-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runCount } from '../../support/run-counts.ts';

const HISTORIES = runCount({ some: 30, many: 120 });
const SEED = 1;

let database: TestDatabase;
let pair: Pair;

beforeAll(async () => {
  database = await createTestDatabase();
  pair = await openPair(database, SEED);
});
afterAll(async () => {
  await pair.stop();
  await database.drop();
});

it(
  'after one more poll the calendar equals Cal.com’s, although three in ten deliveries failed',
  async () => {
    const { faults, repaired } = await expectToConverge(
      database,
      pair,
      { histories: HISTORIES, seed: SEED },
      {
        deliver: (delivery) => deliverBySql(database, delivery),
        sync: (from) => syncBySql(database, pair.calcom.url, pair.salonId, from),
      },
    );
    expect(faults.lost).toBeGreaterThan(10);
    expect(repaired).toBeGreaterThan(10);
  },
  60_000,
);
