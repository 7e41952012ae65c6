import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../../cli/doctor/check.ts';
import { jobRuns } from '../../../cli/doctor/checks/job-runs.ts';
import { jobs as jobsCheck } from '../../../cli/doctor/checks/jobs.ts';
import { withClient } from '../../../local/postgres/client.ts';
import {
  applyMigrations,
  createPgCronDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../support/database.ts';
import { askDoctor } from '../support/ask-doctor.ts';

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

it('role postgres can schedule, change and unschedule a job', async () => {
  await database.query(`select cron.schedule('barkbook_test', '*/5 * * * *', 'select 1')`);
  await database.query(`select cron.schedule('barkbook_test', '*/10 * * * *', 'select 2')`);
  expect(await jobs()).toEqual([
    { jobname: 'barkbook_test', schedule: '*/10 * * * *', command: 'select 2', active: true },
  ]);
  await database.query(`select cron.unschedule('barkbook_test')`);
  expect(await jobs()).toEqual([]);
});

it('an invalid schedule is refused', async () => {
  await expect(database.query(`select cron.schedule('barkbook_test', 'now and then', 'select 1')`))
    .rejects.toThrow(/invalid schedule/);
});

describe('the schedules', () => {
  beforeAll(async () => {
    await database.query('select private.setup_schedules($1)', [FUNCTIONS_URL]);
  });

  it('are seven jobs, however often they are set up', async () => {
    await database.query(`select cron.schedule('barkbook_trim', '0 0 1 1 *', 'select 1')`);
    expect(await database.query('select private.setup_schedules() as done')).toEqual([{
      done: `7 jobs are scheduled. They call the functions at ${FUNCTIONS_URL} with a new secret.`,
    }]);
    expect((await jobs()).map(({ jobname, schedule, active }) => [jobname, schedule, active]))
      .toEqual([
        ['barkbook_alerts', '*/5 * * * *', true],
        ['barkbook_calcom_sync', '*/10 * * * *', true],
        ['barkbook_complete', '7 * * * *', true],
        ['barkbook_erase', '* * * * *', true],
        ['barkbook_retry', '* * * * *', true],
        ['barkbook_sms_reminders', '*/5 * * * *', true],
        ['barkbook_trim', '17 3 * * *', true],
      ]);
  });

  it('leave a job switched off that an operator switched off', async () => {
    const alter = (active: boolean) =>
      database.query(
        `select cron.alter_job(jobid, active => ${active}) from cron.job
         where jobname = 'barkbook_sms_reminders'`,
      );
    await alter(false);
    await database.query('select private.setup_schedules()');
    expect((await jobs()).filter(({ active }) => !active))
      .toMatchObject([{ jobname: 'barkbook_sms_reminders' }]);
    await alter(true);
  });

  it('are exactly the jobs that this version of the schema needs', async () => {
    const columns = 'jobname, schedule, command';
    expect(await database.query(`select ${columns} from cron.job order by 1`))
      .toEqual(await database.query(`select ${columns} from private.scheduled_jobs() order by 1`));
  });

  it('are commands that role postgres can run', async () => {
    for (const { command } of await jobs()) await database.query(command);
    expect(await database.query('select url from net.http_request_queue order by url')).toEqual([
      { url: `${FUNCTIONS_URL}/calcom-sync` },
      { url: `${FUNCTIONS_URL}/sms-reminders` },
    ]);
  });

  const run = async (name: string) => {
    const job = (await jobs()).find(({ jobname }) => jobname === name);
    await database.query(job?.command ?? '');
  };

  it('retry all due deliveries, each batch in a transaction of its own', async () => {
    await database.query(
      `insert into public.webhook_logs (webhook_type, payload, booking, cal_com_event_id, status,
         attempts, next_attempt_at)
       select 'BOOKING_CREATED', '{}', jsonb_build_object('uid', 'u' || n, 'attendees', '[]'::jsonb),
         'u' || n, 'error', 1, now()
       from generate_series(1, 120) as n`,
    );
    await run('barkbook_retry');
    // A row's xmin is the transaction that wrote it last.
    expect(
      await database.query(
        `select count(*)::integer as tried, count(distinct xmin::text)::integer as turns
         from public.webhook_logs where attempts = 2`,
      ),
    ).toEqual([{ tried: 120, turns: 3 }]);
    await database.query('delete from public.webhook_logs');
  });

  it('complete all past appointments and redact all old deliveries', async () => {
    await database.query(
      `insert into public.calendar_events (cal_com_event_id, title, start_time, end_time, status)
       select 'v' || n, 'Wizyta', '2020-01-01 10:00Z', '2020-01-01 11:00Z', 'scheduled'
       from generate_series(1, 1001) as n`,
    );
    await database.query(`update public.calendar_event_uids set created_at = '2019-12-01'`);
    await database.query(
      `insert into public.webhook_logs (webhook_type, payload, status, action, created_at)
       select 'PING', jsonb_build_object('n', n), 'success', 'ignored', '2020-01-01 10:00Z'
       from generate_series(1, 1001) as n`,
    );
    await run('barkbook_complete');
    await run('barkbook_trim');
    expect(
      await database.query(
        `select (select count(*) from public.calendar_events where status <> 'completed')::integer
           as open,
           (select count(*) from public.webhook_logs where redacted_at is null)::integer as unredacted`,
      ),
    ).toEqual([{ open: 0, unredacted: 0 }]);
  });
});

const jobHistory = async () =>
  (await database.query('select command from cron.job_run_details order by runid'))
    .map(({ command }) => command);

/** A run of a job, as pg_cron logs it. */
type Run = { job: string; command: string; status?: string; started?: string; ended?: string };

async function logRuns(runs: Run[]) {
  await withClient(database.adminUrl, async (client) => {
    await client.query('delete from cron.job_run_details');
    for (const [position, { job, command, status, started, ended }] of runs.entries()) {
      await client.query(
        `insert into cron.job_run_details
           (runid, jobid, username, command, status, start_time, end_time)
         values ($1, (select jobid from cron.job where jobname = $2), 'postgres', $3, $4,
           now() - $5::interval, now() - $6::interval)`,
        [position + 1, job, command, status, started ?? '0', ended],
      );
    }
  });
  await database.query('select private.trim_job_history()');
}

it('the history of our jobs is kept for a week', async () => {
  const job = 'barkbook_trim';
  await logRuns([
    { job, command: 'broken off', started: '8 days' },
    { job, command: 'old', ended: '8 days' },
    { job, command: 'new', status: 'succeeded', ended: '6 days' },
    { job, command: 'running' },
  ]);
  expect(await jobHistory()).toEqual(['new', 'running']);
});

it('successful runs of a job that runs every minute are kept for a day only', async () => {
  const job = 'barkbook_retry';
  await logRuns([
    { job, command: 'failed', status: 'failed', ended: '2 days' },
    { job, command: 'long ago', status: 'succeeded', ended: '25 hours' },
    { job, command: 'today', status: 'succeeded', ended: '23 hours' },
  ]);
  expect(await jobHistory()).toEqual(['failed', 'today']);
});

it('the history of all other jobs is kept', async () => {
  await database.query(`select cron.schedule('reports', '* * * * *', 'select 1')`);
  await logRuns([
    { job: 'reports', command: 'theirs', status: 'succeeded', ended: '100 days' },
    { job: 'deleted', command: 'of a deleted job', status: 'succeeded', ended: '100 days' },
  ]);
  expect(await jobHistory()).toEqual(['theirs', 'of a deleted job']);
  await database.query(`select cron.unschedule('reports')`);
});

it('removing the schedules leaves the jobs and secrets of others', async () => {
  await database.query(`select cron.schedule('barkbook_reports', '* * * * *', 'select 1')`);
  await database.query(`select vault.create_secret('theirs', 'barkbook_reports_key')`);
  const removed = await database.query('select private.remove_schedules() as done');
  expect(removed).toEqual([{ done: '7 jobs are unscheduled. The worker secret is deleted.' }]);
  expect(await jobs()).toMatchObject([{ jobname: 'barkbook_reports' }]);
  expect(await database.query('select name from vault.secrets')).toEqual([
    { name: 'barkbook_reports_key' },
  ]);

  const again = await database.query('select private.remove_schedules() as done');
  expect(again).toEqual([{ done: '0 jobs are unscheduled. The worker secret is deleted.' }]);
  await database.query('select private.setup_schedules($1)', [FUNCTIONS_URL]);
  expect(await jobs()).toHaveLength(8);
});

describe('the doctor', () => {
  const ask = (check: Check) => askDoctor(check, database);

  it('finds nothing wrong with jobs that were just set up', async () => {
    await withClient(
      database.adminUrl,
      (client) => client.query('delete from cron.job_run_details'),
    );
    await database.query('select private.setup_schedules()');
    expect(await ask(jobsCheck)).toEqual({ ok: true, detail: '7 jobs' });
    expect(await ask(jobRuns)).toEqual({ ok: true, detail: '0 ran, 7 not due since the set-up' });
  });

  it('finds a job that is missing or switched off, and one that failed', async () => {
    await database.query(`select cron.unschedule('barkbook_trim')`);
    expect(await ask(jobsCheck)).toMatchObject({ problem: 'barkbook_trim is not scheduled' });
    await database.query('select private.setup_schedules()');

    const turn = (active: boolean) =>
      database.query(
        'select cron.alter_job(jobid, active => $1) from cron.job where jobname = $2',
        [active, 'barkbook_retry'],
      );
    await turn(false);
    expect(await ask(jobsCheck)).toMatchObject({ problem: 'barkbook_retry is switched off' });
    await turn(true);

    await withClient(database.adminUrl, (client) =>
      client.query(
        `insert into cron.job_run_details
           (runid, jobid, username, command, status, start_time, return_message)
         select 1000, jobid, 'postgres', 'x', 'failed', now(), 'ERROR:  deadlock detected'
         from cron.job where jobname = 'barkbook_retry'`,
      ));
    expect(await ask(jobRuns)).toMatchObject({
      problem: 'barkbook_retry failed: ERROR:  deadlock detected',
    });
  });
});
