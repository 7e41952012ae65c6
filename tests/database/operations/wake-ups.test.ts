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
  await database.query(`delete from vault.secrets where name = 'barkbook_worker_secret'`);
  salon = await createRemindingSalon(database, { username: 'psi-styl' });
  await database.query('select public.set_calcom_api_key($1, $2)', [salon.id, 'cal_key']);
});
afterAll(() => database.drop());

/** Schedules the jobs as if so many minutes ago; pg_cron may never run them. */
async function schedule(minutes: number): Promise<void> {
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
  await withClient(database.adminUrl, async (client) => {
    await client.query(`select vault.create_secret('secret', 'barkbook_worker_secret')`);
    await client.query(
      `update vault.secrets set updated_at = now() - make_interval(mins => $1)
       where name = 'barkbook_worker_secret'`,
      [minutes],
    );
  });
}
/** Lets all jobs succeed now: pg_cron calls it a success once a call is queued. */
const runJobs = () =>
  withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (jobid, username, status, start_time)
       select jobid, username, 'succeeded', now() from cron.job where active`,
    ));
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
  await schedule(90);
  await runJobs();
  expect(await unwoken()).toEqual({ reminders: 90, sync: 90 });
});

it('a run counts from its start, whatever it finds to do', async () => {
  await schedule(90);
  await reminderRun('80 minutes');
  await reminderRun('26 minutes');
  await claimSync();
  expect(await unwoken()).toEqual({ reminders: 26, sync: 0 });
});

it('a run for one salon, which a person started, is no run of the schedule', async () => {
  await schedule(90);
  await database.as(
    'service_role',
    null,
    (client) => client.query('select from public.calcom_sync_claim($1)', [salon.id]),
  );
  expect(await unwoken()).toMatchObject({ sync: 90 });
});

it('a schedule is waited for since it was set up', async () => {
  expect(await unwoken()).toEqual({ reminders: null, sync: null });
  await schedule(3);
  expect(await unwoken()).toEqual({ reminders: 3, sync: 3 });
});

it('a scheduler that never ran a job is noticed', async () => {
  await schedule(90);
  const [row] = await database.query<{ minutes: number }>(
    `select round(extract(epoch from now() - scheduler_ran_at) / 60)::integer as minutes
     from public.health_report()`,
  );
  expect(row).toEqual({ minutes: 90 });
  expect(await unwoken()).toEqual({ reminders: 90, sync: 90 });
});

it('a schedule that lacks a job is noticed', async () => {
  await schedule(90);
  await runJobs();
  await database.query(`select cron.unschedule('barkbook_sms_reminders')`);
  expect(await unwoken()).toMatchObject({ reminders: 90 });
});

it('a schedule that is gone is noticed by the last run', async () => {
  await reminderRun('2 hours');
  expect(await unwoken()).toEqual({ reminders: 120, sync: null });
});

it('another app whose jobs run every second hides nothing', async () => {
  await schedule(90);
  await database.query(`select cron.schedule('theirs', '1 second', 'select 1')`);
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (jobid, username, status, start_time)
       select jobid, username, 'succeeded', now() - make_interval(secs => s)
       from cron.job, generate_series(6000, 0, -1) as s where jobname = 'theirs'`,
    ));
  expect(await unwoken()).toEqual({ reminders: 90, sync: 90 });
});

describe('nothing is missed', () => {
  beforeEach(() => schedule(90));

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

  it.each([
    ['barkbook_sms_reminders', { reminders: null, sync: 90 }],
    ['barkbook_calcom_sync', { reminders: 90, sync: null }],
  ])('of %s alone while only that is switched off', async (name, expected) => {
    await withClient(
      database.adminUrl,
      (client) => client.query('update cron.job set active = false where jobname = $1', [name]),
    );
    expect(await unwoken()).toEqual(expected);
  });

  it('of the sync while the salon that has a key names no user of Cal.com', async () => {
    await database.query('update public.salons set cal_com_username = null');
    expect(await unwoken()).toEqual({ reminders: 90, sync: null });
  });
});
