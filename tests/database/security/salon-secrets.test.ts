import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callFunction } from '../support/rpc.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

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

const keyOf = ({ id }: TestSalon) =>
  callFunction<string | null>(database, 'public.calcom_api_key($1)', [id]);
const setKey = (salonId: string, key: string | null) =>
  callFunction<unknown>(database, 'public.set_calcom_api_key($1, $2)', [salonId, key]);
const secretsOf = async ({ id }: TestSalon) =>
  (await database.query('select from vault.secrets where name like $1', [`%:${id}`])).length;

it('a salon has no API key at first', async () => {
  expect(await keyOf(salon)).toBeNull();
});

it('an API key belongs to one salon', async () => {
  await setKey(salon.id, 'cal_one');
  expect([await keyOf(salon), await keyOf(other)]).toEqual(['cal_one', null]);
});

it('a second API key replaces the first', async () => {
  await setKey(salon.id, 'cal_one');
  await setKey(salon.id, 'cal_two');
  expect(await keyOf(salon)).toBe('cal_two');
  expect(await secretsOf(salon)).toBe(1);
});

it.each([null, '', '  '])('the API key %j removes the previous one', async (blank) => {
  await setKey(salon.id, 'cal_one');
  await setKey(salon.id, blank);
  expect(await keyOf(salon)).toBeNull();
  expect(await secretsOf(salon)).toBe(0);
});

it('setting the first API key twice at once stores one secret', async () => {
  await Promise.all([setKey(salon.id, 'cal_one'), setKey(salon.id, 'cal_two')]);
  expect(await secretsOf(salon)).toBe(1);
});

it('an API key for an unknown salon is refused', async () => {
  await expect(setKey(randomUUID(), 'cal_one')).rejects.toMatchObject({ code: 'P0002' });
});

it('deleting a salon deletes its secrets', async () => {
  await setKey(salon.id, 'cal_one');
  await setKey(other.id, 'cal_two');
  await database.as(
    'service_role',
    null,
    (client) => client.query('delete from public.salons where id = $1', [salon.id]),
  );
  expect([await secretsOf(salon), await secretsOf(other)]).toEqual([0, 1]);
});
