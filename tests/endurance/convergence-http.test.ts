import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectToConverge, openPair, type Pair } from '../support/calcom/convergence.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/calcom/http-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const HISTORIES = Number(process.env.HTTP_HISTORIES ?? 2000);
const SEED = 4;

let database: TestDatabase;
let pair: Pair;
let receiver: HttpReceiver;

beforeAll(async () => {
  database = await createTestDatabase();
  pair = await openPair(database, SEED);
  receiver = await startHttpReceiver(database, pair);
});
afterAll(async () => {
  await receiver.stop();
  await pair.stop();
  await database.drop();
});

it('after one more poll through the functions the calendar equals Cal.com’s', async () => {
  const figures = await expectToConverge(
    database,
    pair,
    { histories: HISTORIES, seed: SEED },
    receiver,
  );
  console.log(`seed ${SEED}: ${JSON.stringify({ histories: HISTORIES, ...figures })}`);
  expect(figures.faults.lost).toBeGreaterThan(HISTORIES / 10);
  expect(receiver.output()).not.toMatch(/klient\d|\+48500/);
});
