import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

const MANY = 5;

let database: TestDatabase;
let salons: [TestSalon, TestSalon];

beforeEach(async () => {
  database = await createTestDatabase();
  salons = [
    await createSalon(database, { username: null }),
    await createSalon(database, { username: null }),
  ];
});
afterEach(() => database.drop());

/** Stores deliveries with long bodies, full of longer numbers that contain the first client's. */
const storeLongDeliveries = (salonId: string, count: number) =>
  database.query(
    `insert into webhook_logs (salon_id, webhook_type, payload, status, action)
     select $1, 'unknown', jsonb_build_object('raw', repeat('9501220310 ', 22000)), 'error', 'invalid'
     from generate_series(1, $2::int)`,
    [salonId, count],
  );

/** Deletes clients when the statement has already lasted two seconds, so all are left to search. */
async function deleteLate(salonId: string, count: number) {
  for (let number = 0; number < count; number++) {
    await createClient(database, salonId, { phone: `+4850122031${number}`, pets: 0 });
  }
  await database.query(
    `do $$begin perform pg_sleep(2); delete from clients where salon_id = '${salonId}'; end$$`,
  );
}

const unfinishedOf = async ({ id }: TestSalon) =>
  (await database.query('select from private.unfinished_erasures where salon_id = $1', [id]))
    .length;

/** One turn of the job. */
async function takeTurn(after: string | null): Promise<string | null> {
  const [row] = await database.query<{ salon: string | null }>(
    'select private.continue_erasures($1) as salon',
    [after],
  );
  return row?.salon ?? null;
}

describe('the job that continues erasures', () => {
  // The salons take turns by id, so that of the busy one must not matter.
  it.each(['first', 'second'])(
    'gives every salon its turn if the %s one has many',
    async (busy) => {
      const [first, second] = salons.sort((a, b) => a.id < b.id ? -1 : 1);
      const [many, one] = busy === 'first' ? [first, second] : [second, first];
      await deleteLate(many.id, MANY);
      await deleteLate(one.id, 1);
      let turn = await takeTurn(null);
      turn = await takeTurn(turn);
      expect([await unfinishedOf(many), await unfinishedOf(one)]).toEqual([MANY - 1, 0]);
      while (turn !== null) turn = await takeTurn(turn);
      expect(await unfinishedOf(many)).toBe(0);
    },
  );

  it('ends a turn after about a second, however long the bodies are', async () => {
    const [salon] = salons;
    await storeLongDeliveries(salon?.id ?? '', 20);
    await deleteLate(salon?.id ?? '', 1);
    const before = Date.now();
    expect(await takeTurn(null)).toBe(salon?.id);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(await unfinishedOf(salon)).toBe(1);
  }, 120_000);

  it('searches a long body in every turn, so that it comes to an end', async () => {
    const [salon] = salons;
    await storeLongDeliveries(salon?.id ?? '', 3);
    await deleteLate(salon?.id ?? '', 1);
    let turn: string | null = null;
    do turn = await takeTurn(turn); while (turn !== null);
    expect(await unfinishedOf(salon)).toBe(0);
  }, 120_000);
});
