import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../local/bootstrap.ts';
import {
  applyMigrations,
  createPgCronDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../support/database.ts';

const FUNCTIONS_URL = 'https://abcdefgh.supabase.co/functions/v1';

let database: TestDatabase;

// The real pg_cron where the server has it (Postgres 15 in CI), its stand-in elsewhere: the
// migrations apply beside either, and role postgres schedules the same way.
beforeAll(async () => {
  database = await createPgCronDatabase() ?? await createTestDatabase({ template: 'bare' });
  await applyMigrations(database);
});
afterAll(() => database.drop());

const jobs = () =>
  database.query<{ jobname: string; schedule: string; command: string; active: boolean }>(
    'select jobname, schedule, command, active from cron.job order by jobname',
  );

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

describe('the schedules', () => {
  beforeAll(async () => {
    await database.query(
      `select vault.create_secret('${FUNCTIONS_URL}', 'barkbook_functions_url'),
         vault.create_secret('sb_secret_cron', 'barkbook_cron_key')`,
    );
    await database.query('select private.setup_schedules()');
  });

  it('are two jobs, however often they are set up', async () => {
    await database.query(`select cron.schedule('barkbook_trim', '0 0 1 1 *', 'select 1')`);
    expect(await database.query('select private.setup_schedules() as done')).toEqual([
      { done: 'barkbook_sms_reminders runs every five minutes, barkbook_trim every night' },
    ]);
    expect(await jobs()).toEqual([
      {
        jobname: 'barkbook_sms_reminders',
        schedule: '*/5 * * * *',
        command: `select private.call_function('sms-reminders')`,
        active: true,
      },
      {
        jobname: 'barkbook_trim',
        schedule: '17 3 * * *',
        command: 'select private.trim_sms(), private.trim_cron()',
        active: true,
      },
    ]);
  });

  it('are commands that role postgres can run', async () => {
    for (const { command } of await jobs()) await database.query(command);
    expect(await database.query('select url from net.http_request_queue')).toContainEqual({
      url: `${FUNCTIONS_URL}/sms-reminders`,
    });
  });
});

it('what pg_cron noted is kept for a week', async () => {
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (runid, username, command, start_time, end_time)
       values (-9, 'postgres', 'broken off', now() - interval '8 days', null),
         (-8, 'postgres', 'old', now(), now() - interval '8 days'),
         (-6, 'postgres', 'new', now(), now() - interval '6 days'),
         (-1, 'postgres', 'running', now(), null)`,
    ));
  await database.query('select private.trim_cron()');
  expect(
    await database.query('select command from cron.job_run_details where runid < 0 order by runid'),
  ).toEqual([{ command: 'new' }, { command: 'running' }]);
});
