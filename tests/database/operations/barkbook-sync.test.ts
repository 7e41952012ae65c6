import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyMigrations, type TestDatabase } from '../../support/database.ts';
import { ANNA, createBarkbookDatabase } from '../fixtures/barkbook.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createBarkbookDatabase();
  await applyMigrations(database);
});
afterAll(() => database.drop());

it('a salon of BarkBook can be synced, although its columns have other types', async () => {
  const [claimed] = await database.query(
    'select salon_id, cal_com_username from public.calcom_sync_claim($1, now())',
    [ANNA.salonId],
  );

  expect(claimed).toEqual({ salon_id: ANNA.salonId, cal_com_username: 'psi-styl' });
});
