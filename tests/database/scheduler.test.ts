import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  applyMigrations,
  createPgCronDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../support/database.ts';

let database: TestDatabase;

// The real pg_cron where the server has it (Postgres 15 in CI), its stand-in elsewhere: the
// migrations apply beside either, and role postgres schedules the same way.
beforeAll(async () => {
  database = await createPgCronDatabase() ?? await createTestDatabase({ template: 'bare' });
  await applyMigrations(database);
});
afterAll(() => database.drop());

const jobs = () => database.query('select jobname, schedule, command, active from cron.job');

it('role postgres schedules a job, changes it under the same name, and takes it away', async () => {
  await database.query(`select cron.schedule('barkbook_test', '*/5 * * * *', 'select 1')`);
  await database.query(`select cron.schedule('barkbook_test', '*/10 * * * *', 'select 2')`);
  expect(await jobs()).toEqual([
    { jobname: 'barkbook_test', schedule: '*/10 * * * *', command: 'select 2', active: true },
  ]);
  await database.query(`select cron.unschedule('barkbook_test')`);
  expect(await jobs()).toEqual([]);
});

it('a schedule that is none is refused', async () => {
  await expect(database.query(`select cron.schedule('barkbook_test', 'now and then', 'select 1')`))
    .rejects.toThrow(/invalid schedule/);
});
