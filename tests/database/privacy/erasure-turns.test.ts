import { afterAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deleteLate } from '../support/erasure.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

const MANY = 5;

const databases: TestDatabase[] = [];

afterAll(async () => {
  for (const database of databases) await database.drop();
});

/** Two salons in a database of their own, in the order of their ids. */
async function createScene(): Promise<
  { database: TestDatabase; first: TestSalon; second: TestSalon }
> {
  const database = await createTestDatabase();
  databases.push(database);
  const one = await createSalon(database, { username: null });
  const other = await createSalon(database, { username: null });
  const [first, second] = one.id < other.id ? [one, other] : [other, one];
  return { database, first, second };
}

/** Stores deliveries with long bodies, full of longer numbers that contain the first client's. */
const storeLongDeliveries = (database: TestDatabase, salonId: string, count: number) =>
  database.query(
    `insert into webhook_logs (salon_id, webhook_type, payload, status, action)
     select $1, 'unknown', jsonb_build_object('raw', repeat('9501220310 ', 22000)), 'error', 'invalid'
     from generate_series(1, $2::int)`,
    [salonId, count],
  );

/** Creates clients with numbers that count up from Zofia's; returns their ids. */
async function createClients(
  database: TestDatabase,
  salonId: string,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    ids.push(
      (await createClient(database, salonId, { phone: `+4850122031${number}`, pets: 0 })).id,
    );
  }
  return ids;
}

const unfinishedOf = async (database: TestDatabase, { id }: TestSalon) =>
  (await database.query('select from private.unfinished_erasures where salon_id = $1', [id]))
    .length;

/** One turn of the job. */
async function takeTurn(database: TestDatabase, after: string | null): Promise<string | null> {
  const [row] = await database.query<{ salon: string | null }>(
    'select private.continue_erasures($1) as salon',
    [after],
  );
  return row?.salon ?? null;
}

// At once, since each waits for two seconds.
describe.concurrent('the job that continues erasures', () => {
  // The salons take turns by id, so that of the busy one must not matter.
  it.each(['first', 'second'])(
    'gives every salon its turn if the %s one has many',
    async (busy) => {
      const { database, first, second } = await createScene();
      const [many, one] = busy === 'first' ? [first, second] : [second, first];
      await deleteLate(database, [
        ...await createClients(database, many.id, MANY),
        ...await createClients(database, one.id, 1),
      ]);
      let turn = await takeTurn(database, null);
      turn = await takeTurn(database, turn);
      expect([await unfinishedOf(database, many), await unfinishedOf(database, one)])
        .toEqual([MANY - 1, 0]);
      while (turn !== null) turn = await takeTurn(database, turn);
      expect(await unfinishedOf(database, many)).toBe(0);
    },
  );

  it('ends a turn after about a second, however long the bodies are', async () => {
    const { database, first: salon } = await createScene();
    await storeLongDeliveries(database, salon.id, 20);
    await deleteLate(database, await createClients(database, salon.id, 1));
    const before = Date.now();
    expect(await takeTurn(database, null)).toBe(salon.id);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(await unfinishedOf(database, salon)).toBe(1);
  }, 120_000);

  it('searches a long body in every turn, so that it comes to an end', async () => {
    const { database, first: salon } = await createScene();
    await storeLongDeliveries(database, salon.id, 3);
    await deleteLate(database, await createClients(database, salon.id, 1));
    let turn: string | null = null;
    do turn = await takeTurn(database, turn); while (turn !== null);
    expect(await unfinishedOf(database, salon)).toBe(0);
  }, 120_000);
});
