import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';

// From when on something is wrong. All is in one transaction, whose now() stands still, so that a
// limit can be met to the microsecond.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSalon(database, { username: 'psi-styl' });
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
});
afterAll(() => database.drop());

/** What is wrong after statements that are undone. */
const failingAfter = (...statements: string[]): Promise<string[]> =>
  withClient(database.adminUrl, async (client: pg.Client) => {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    const { rows } = await client.query('select failing from public.health_report()');
    await client.query('rollback');
    return rows[0].failing;
  });

const SALON = '(select id from public.salons)';
const delivery = (createdAt: string, nextAttemptAt: string) =>
  `insert into public.webhook_logs (webhook_type, payload, booking, status, created_at,
     next_attempt_at)
   values ('BOOKING_CREATED', '{}', '{"uid": "u"}', 'error', ${createdAt}, ${nextAttemptAt})`;
const settings = (problemSince: string) =>
  `insert into public.sms_settings (salon_id, enabled, problem, problem_since)
   values (${SALON}, true, '55P03', ${problemSince})`;
const scheduled = `select vault.create_secret('secret', 'barkbook_worker_secret')`;
const scheduledAt = (at: string) =>
  `update vault.secrets set updated_at = ${at} where name = 'barkbook_worker_secret'`;
const ran = (status: string, at: string) =>
  `insert into cron.job_run_details (jobid, username, status, start_time)
   select jobid, username, '${status}', ${at} from cron.job where jobname = 'barkbook_retry'`;

/** The problems with a limit in time, and what brings them about since then. */
const LATE: [code: string, minutes: number, since: (at: string) => string[]][] = [
  ['deliveries_unapplied', 60, (at) => [delivery(at, 'now()')]],
  ['retries_overdue', 15, (at) => [delivery('now()', at)]],
  ['reminders_overdue', 30, (at) => [
    `insert into public.sms_messages (salon_id, local_date, next_attempt_at, not_after)
     values (${SALON}, current_date, ${at}, now() + interval '1 hour')`,
  ]],
  ['salons_passed_over', 30, (at) => [settings(at)]],
  ['reminders_not_woken', 20, (at) => [
    settings('null').replace(`'55P03'`, 'null'),
    `insert into public.sms_runs (provider, started_at) values ('log', ${at})`,
  ]],
  ['sync_not_woken', 40, (at) => [
    `select public.set_calcom_api_key(${SALON}, 'cal_key')`,
    scheduled,
    scheduledAt(at),
    ran('succeeded', 'now()'),
  ]],
  ['scheduler_silent', 15, (at) => [ran('succeeded', at)]],
];

it.each(LATE)('%s from the end of %i minutes on', async (code, minutes, since) => {
  const limit = `now() - make_interval(mins => ${minutes})`;
  expect(await failingAfter(...since(limit))).toEqual([]);
  expect(await failingAfter(...since(`${limit} - interval '1 microsecond'`))).toEqual([code]);
});

it.each([
  ['dead_letters', [
    delivery('now()', 'null').replace('created_at', 'processed_at'),
  ]],
  ['syncs_stale', [
    `select public.set_calcom_api_key(${SALON}, 'cal_key')`,
    `insert into public.calcom_sync_state (salon_id, last_error)
     values (${SALON}, 'unavailable')`,
  ]],
  ['jobs_missing', [`delete from cron.job where jobname = 'barkbook_erase'`]],
  ['jobs_failing', [ran('failed', 'now()')]],
])('%s as soon as there is one', async (code, statements) => {
  expect(await failingAfter(...statements)).toEqual([code]);
});

it('several problems are listed together', async () => {
  expect(
    await failingAfter(
      `delete from cron.job where jobname = 'barkbook_erase'`,
      ran('failed', `now() - interval '1 hour'`),
    ),
  ).toEqual(['jobs_missing', 'scheduler_silent', 'jobs_failing']);
});

it('nothing is wrong with a new project', async () => {
  expect(await failingAfter()).toEqual([]);
});
