import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectToConverge, openPair, type Pair } from '../support/calcom/convergence.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/calcom/http-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const LIVES = Number(process.env.LIVES ?? 2000);
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

it('thousands of lives end as in Cal.com, through both functions and PostgREST', async () => {
  const figures = await expectToConverge(database, pair, { lives: LIVES, seed: SEED }, receiver);
  console.log(`seed ${SEED}: ${JSON.stringify({ lives: LIVES, ...figures })}`);
  expect(figures.faults.lost).toBeGreaterThan(LIVES / 10);
  expect(receiver.output()).not.toMatch(/klient\d|\+48500/);
});
