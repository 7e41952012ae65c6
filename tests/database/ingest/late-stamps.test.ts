import { afterAll, beforeAll, expect, it } from 'vitest';
import { differenceFrom, openPair, type Pair } from '../../support/calcom/convergence.ts';
import { simulateReported } from '../../support/calcom/simulation.ts';
import { deliverBySql } from '../../support/calcom/sql-receiver.ts';
import { HOUR_MS, LAST_MOMENT_MS } from '../../support/calcom/town.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const HISTORIES = 150;
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

it('deliveries alone lead to Cal.com’s calendar, however late they are stamped and sent', async () => {
  const faults = await simulateReported(pair.town, HISTORIES, SEED, {
    deliver: (delivery) => deliverBySql(database, delivery),
  });
  // The end of an appointment of the last hours is not reported any more.
  const reportedUntilMs = LAST_MOMENT_MS - 6 * HOUR_MS;
  expect(await differenceFrom(database, pair, reportedUntilMs))
    .toEqual({ missing: [], unexpected: [] });
  expect(faults.delayed + faults.doubled + faults.overtaken).toBeGreaterThan(100);
});
