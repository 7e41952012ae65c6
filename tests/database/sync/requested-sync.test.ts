import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(
    `select private.setup_schedules('https://abcdefgh.supabase.co/functions/v1')`,
  );
});
beforeEach(async () => {
  await database.query('truncate public.salons cascade');
  await database.query('delete from net.http_request_queue');
  salon = await createSalon(database);
  await asService('select public.set_calcom_api_key($1, $2)', [salon.id, 'cal_live_0123456789']);
});
afterAll(() => database.drop());

const asService = (statement: string, values: unknown[] = []) =>
  database.as('service_role', null, async (client) => (await client.query(statement, values)).rows);
const claimAny = () => asService('select salon_id from public.calcom_sync_claim()');
const calls = () => database.query('select url from net.http_request_queue');

const weekly = booking({ recurring: true });
const thisAndFollowing = booking({ ...weekly, trigger: 'BOOKING_CANCELLED', ...at(12) });

async function syncOnce() {
  const [claimed] = await asService('select * from public.calcom_sync_claim()');
  await asService('select public.calcom_sync_release($1, $2, $3)', [
    claimed.salon_id,
    claimed.lease_token,
    {},
  ]);
}

it('"cancel this and following" starts the sync of the salon at once', async () => {
  await syncOnce();
  expect(await claimAny()).toEqual([]);
  await deliver(database, weekly);
  await deliver(database, thisAndFollowing);
  expect(await calls()).toEqual([
    { url: 'https://abcdefgh.supabase.co/functions/v1/calcom-sync' },
  ]);
  expect(await claimAny()).toEqual([{ salon_id: salon.id }]);
});

it('several such deliveries start one run', async () => {
  await syncOnce();
  await deliver(database, weekly);
  await deliver(database, thisAndFollowing);
  await deliver(database, booking({ ...thisAndFollowing, ...at(13) }));
  expect(await calls()).toHaveLength(1);
  await syncOnce();
  expect(await claimAny()).toEqual([]);
});

it('a requested salon comes before one that has waited longer', async () => {
  await syncOnce();
  const waiting = await createSalon(database, { username: 'czeka' });
  await asService('select public.set_calcom_api_key($1, $2)', [waiting.id, 'cal_live_9876543210']);
  await deliver(database, weekly);
  await deliver(database, thisAndFollowing);
  expect(await claimAny()).toEqual([{ salon_id: salon.id }]);
  expect(await claimAny()).toEqual([{ salon_id: waiting.id }]);
});

it('a pause that Cal.com asked for is kept', async () => {
  const [claimed] = await asService('select * from public.calcom_sync_claim()');
  await asService('select public.calcom_sync_release($1, $2, $3, $4, $5)', [
    claimed.salon_id,
    claimed.lease_token,
    {},
    'rate_limited',
    300,
  ]);
  await deliver(database, weekly);
  await deliver(database, thisAndFollowing);
  expect(await claimAny()).toEqual([]);
});

it('without the address of the functions the next scheduled run finds the request', async () => {
  await database.query(`delete from vault.secrets where name = 'barkbook_functions_url'`);
  await syncOnce();
  await deliver(database, weekly);
  expect(await deliver(database, thisAndFollowing)).toMatchObject({ action: 'applied' });
  expect(await calls()).toEqual([]);
  expect(await claimAny()).toEqual([{ salon_id: salon.id }]);
});
