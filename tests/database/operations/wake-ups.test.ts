import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { changeSettings, createRemindingSalon, forgetReminders } from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';

// Whether the reminder job and the sync are started, judged by what they leave behind.
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  await withClient(
    database.adminUrl,
    (client) => client.query('delete from cron.job_run_details; delete from cron.job'),
  );
  await database.query('delete from private.sync_wake_up');
  salon = await createRemindingSalon(database, { username: 'psi-styl' });
  await database.query('select public.set_calcom_api_key($1, $2)', [salon.id, 'cal_key']);
});
afterAll(() => database.drop());

/** Schedules jobs that ran every minute since so many minutes ago; pg_cron calls that a success. */
async function runJobs(minutes: number): Promise<void> {
  for (const job of ['barkbook_sms_reminders', 'barkbook_calcom_sync', 'barkbook_retry']) {
    await database.query(`select cron.schedule($1, '* * * * *', 'select 1')`, [job]);
  }
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (jobid, username, status, start_time)
       select jobid, username, 'succeeded', now() - make_interval(mins => m)
       from cron.job, generate_series($1::integer, 0, -1) as m`,
      [minutes],
    ));
}
const reminderRun = (ago: string) =>
  database.query(
    `insert into public.sms_runs (provider, started_at) values ('log', now() - $1::interval)`,
    [ago],
  );
const claimSync = () =>
  database.as(
    'service_role',
    null,
    (client) => client.query('select from public.calcom_sync_claim()'),
  );

/** For how many minutes each was not started. */
async function unwoken(): Promise<{ reminders: number | null; sync: number | null }> {
  const [row] = await database.query<{ reminders: number | null; sync: number | null }>(
    `select round(extract(epoch from now() - reminders_unwoken_since) / 60)::integer as reminders,
       round(extract(epoch from now() - sync_unwoken_since) / 60)::integer as sync
     from public.health_report()`,
  );
  if (row === undefined) throw new Error('no report');
  return row;
}

it('jobs that succeed and start nothing are noticed', async () => {
  await runJobs(90);
  expect(await unwoken()).toEqual({ reminders: 90, sync: 90 });
});

it('a run counts, whatever it finds to do', async () => {
  await runJobs(90);
  await reminderRun('25 minutes 30 seconds');
  await claimSync();
  expect(await unwoken()).toEqual({ reminders: 25, sync: null });
});

it('a run for one salon, which a person started, is no run of the schedule', async () => {
  await runJobs(90);
  await database.as(
    'service_role',
    null,
    (client) => client.query('select from public.calcom_sync_claim($1)', [salon.id]),
  );
  expect(await unwoken()).toMatchObject({ sync: 90 });
});

it('a schedule that is new has been waited for since its first run', async () => {
  expect(await unwoken()).toEqual({ reminders: null, sync: null });
  await runJobs(3);
  expect(await unwoken()).toEqual({ reminders: 3, sync: 3 });
});

it('a schedule that lacks a job is noticed', async () => {
  await runJobs(90);
  await database.query(`select cron.unschedule('barkbook_sms_reminders')`);
  expect(await unwoken()).toMatchObject({ reminders: 90 });
});

describe('nothing is missed', () => {
  beforeEach(() => runJobs(90));

  it('while no salon reminds, or has a key', async () => {
    await changeSettings(database, salon.id, { enabled: false });
    await database.query('select public.set_calcom_api_key($1, $2)', [salon.id, '']);
    expect(await unwoken()).toEqual({ reminders: null, sync: null });
  });

  it('of a job that was switched off on purpose', async () => {
    await withClient(database.adminUrl, (client) =>
      client.query(
        `update cron.job set active = false
         where jobname in ('barkbook_sms_reminders', 'barkbook_calcom_sync')`,
      ));
    expect(await unwoken()).toEqual({ reminders: null, sync: null });
  });
});
