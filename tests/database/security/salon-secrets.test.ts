import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/booking.ts';

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  salon = await createSalon(database, { username: null });
  other = await createSalon(database, { username: null });
});
afterAll(() => database.drop());

async function call(text: string, values: unknown[]): Promise<unknown> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(`select ${text} as answer`, values);
    return rows[0]?.answer;
  });
}
const keyOf = ({ id }: TestSalon) => call('public.calcom_api_key($1)', [id]);
const setKey = (salonId: string, key: string | null) =>
  call('public.set_calcom_api_key($1, $2)', [salonId, key]);
const secretsOf = async ({ id }: TestSalon) =>
  (await database.query('select from vault.secrets where name like $1', [`%:${id}`])).length;

it('a salon has no key until it is given one', async () => {
  expect(await keyOf(salon)).toBeNull();
});

it('a key is of one salon', async () => {
  await setKey(salon.id, 'cal_one');
  expect([await keyOf(salon), await keyOf(other)]).toEqual(['cal_one', null]);
});

it('a second key takes the place of the first', async () => {
  await setKey(salon.id, 'cal_one');
  await setKey(salon.id, 'cal_two');
  expect(await keyOf(salon)).toBe('cal_two');
  expect(await secretsOf(salon)).toBe(1);
});

it.each([null, '', '  '])('the key %j takes the one before away', async (blank) => {
  await setKey(salon.id, 'cal_one');
  await setKey(salon.id, blank);
  expect(await keyOf(salon)).toBeNull();
  expect(await secretsOf(salon)).toBe(0);
});

it('a first key set twice at once is one secret', async () => {
  await Promise.all([setKey(salon.id, 'cal_one'), setKey(salon.id, 'cal_two')]);
  expect(await secretsOf(salon)).toBe(1);
});

it('a key for a salon that does not exist is refused', async () => {
  await expect(setKey(randomUUID(), 'cal_one')).rejects.toMatchObject({ code: 'P0002' });
});

it('a salon that leaves takes its secrets with it', async () => {
  await setKey(salon.id, 'cal_one');
  await setKey(other.id, 'cal_two');
  await database.as(
    'service_role',
    null,
    (client) => client.query('delete from public.salons where id = $1', [salon.id]),
  );
  expect([await secretsOf(salon), await secretsOf(other)]).toEqual([0, 1]);
});
