import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query('create table public.traces (test text)');
});
afterAll(() => database.drop());

const tracesOf = async (test: string) =>
  (await database.query('select from public.traces where test = $1', [test])).length;
const TRACE = 'insert into public.traces values ($1)';

it.fails('a test that takes too long fails', { timeout: 300 }, async () => {
  for (;;) await database.query(TRACE, ['endless']);
});

it('a test that took too long writes nothing during the next one', async () => {
  const before = await tracesOf('endless');
  await sleep(300);
  expect(before).toBeGreaterThan(0);
  expect(await tracesOf('endless')).toBe(before);
});

it.fails('a test that takes too long within a transaction fails', { timeout: 300 }, async () => {
  await database.as('service_role', null, async (client) => {
    await client.query('reset role');
    await client.query(TRACE, ['transaction']);
    await sleep(600);
  });
});

it('the transaction of a test that took too long is undone', async () => {
  await sleep(600);
  expect(await tracesOf('transaction')).toBe(0);
});
