import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';

let database: TestDatabase;
let salonId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.salons');
  salonId = (await createSalon(database)).id;
});
afterAll(() => database.drop());

/** Adds deliveries so many hours ago. */
const deliveries = (hours: string, type = 'BOOKING_CREATED', salon = salonId) =>
  database.query(
    `insert into public.webhook_logs (webhook_type, payload, status, salon_id, created_at)
     select $1, '{}', 'success', $2, now() - make_interval(hours => h) from ${hours} as h`,
    [type, salon],
  );
const silent = async () =>
  (await database.query<{ id: string }>('select private.silent_salons() as id')).map(({ id }) =>
    id
  );

it('a salon that books every four hours is silent after a day', async () => {
  await deliveries('generate_series(25, 25 + 24 * 20, 4)');
  expect(await silent()).toEqual([salonId]);
});

it('not before', async () => {
  await deliveries('generate_series(23, 23 + 24 * 20, 4)');
  expect(await silent()).toEqual([]);
});

it.each([[5, 0], [7, 1]])(
  'one that books every third day is not silent after %i days as one is after a week',
  async (days, count) => {
    await deliveries(`generate_series(${days} * 24 + 1, (${days} + 28) * 24, 72)`);
    expect(await silent()).toHaveLength(count);
  },
);

it('a holiday is remembered for four weeks', async () => {
  await deliveries('generate_series(100, 100 + 24 * 10, 4)');
  await deliveries('generate_series(100 + 24 * 13, 100 + 24 * 20, 4)');
  expect(await silent()).toEqual([]);
});

it('a holiday before that does not count', async () => {
  await deliveries('generate_series(30, 30 + 24 * 29, 4)');
  await deliveries('unnest(array[2000])');
  expect(await silent()).toEqual([salonId]);
});

it('one with few deliveries, or a short history, has no usual pause', async () => {
  await deliveries('generate_series(200, 200 + 50 * 8, 50)');
  expect(await silent()).toEqual([]);
  await database.query('delete from public.webhook_logs');
  await deliveries('generate_series(200, 200 + 24 * 13, 2)');
  expect(await silent()).toEqual([]);
});

it('snapshots of the sync are no deliveries', async () => {
  await deliveries('generate_series(25, 25 + 24 * 20, 4)');
  await deliveries('generate_series(0, 100, 4)', 'BOOKING_SYNCED');
  expect(await silent()).toEqual([salonId]);
});

it('each is measured by its own history', async () => {
  const { id: other } = await createSalon(database, { username: 'drugi' });
  await deliveries('generate_series(25, 25 + 24 * 20, 4)');
  await deliveries('generate_series(0, 24 * 20, 4)', 'BOOKING_CREATED', other);
  expect(await silent()).toEqual([salonId]);
});

it('it ends with the next delivery', async () => {
  await deliveries('generate_series(25, 25 + 24 * 20, 4)');
  await deliveries('unnest(array[0])');
  expect(await silent()).toEqual([]);
});
