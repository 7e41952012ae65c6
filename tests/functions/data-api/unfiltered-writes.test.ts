import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../../database/support/salons.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  await createSalon(database);
});
afterAll(async () => {
  await api.stop();
  await database.drop();
});

const salons = () => createClient(api.url, api.secretKey).from('salons');
const names = () => database.query('select name from salons');

it('a change of all rows is refused as on hosted Supabase', async () => {
  const { status, error } = await salons().update({ name: 'Inny' });
  expect(status).toBe(400);
  expect(error).toMatchObject({ code: '21000', message: 'UPDATE requires a WHERE clause' });
  expect(await names()).toEqual([{ name: 'Salon' }]);
});

it('a deletion of all rows is refused as on hosted Supabase', async () => {
  const { error } = await salons().delete().select('id').order('id');
  expect(error).toMatchObject({ code: '21000', message: 'DELETE requires a WHERE clause' });
  expect(await names()).toEqual([{ name: 'Salon' }]);
});

it('a limit is no filter, since PostgREST 13 ignores it', async () => {
  const { error } = await salons().delete().select('id').order('id').limit(1);
  expect(error).toMatchObject({ code: '21000', message: 'DELETE requires a WHERE clause' });
  const { error: ofRange } = await salons().update({ name: 'Inny' }).order('id').range(0, 0);
  expect(ofRange).toMatchObject({ code: '21000' });
  expect(await names()).toEqual([{ name: 'Salon' }]);
});

it('a change with a filter is made', async () => {
  const { error } = await salons().update({ name: 'Inny' }).eq('name', 'Salon');
  expect(error).toBeNull();
  expect(await names()).toEqual([{ name: 'Inny' }]);
});
