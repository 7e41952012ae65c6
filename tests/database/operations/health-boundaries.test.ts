import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon } from '../support/salons.ts';

// What the health report leaves out, and which of several times it gives.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await database.query('delete from public.salons');
  await withClient(
    database.adminUrl,
    (client) => client.query('delete from cron.job_run_details; delete from cron.job'),
  );
});
afterAll(() => database.drop());

/** The report, its times as the minutes since then. */
const report = async (from = database) => {
  const [row] = await from.query('select * from public.health_report()');
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      value instanceof Date ? Math.round((Date.now() - value.getTime()) / 60_000) : value,
    ]),
  );
};

describe('of deliveries', () => {
  const unassigned = async (uid: string, minutes: number, retry: number) => {
    const { log_id: id } = await deliver(
      database,
      booking({ uid, organizerUsername: 'nieznany' }),
    );
    await database.query(
      `update public.webhook_logs set created_at = now() - make_interval(mins => $2),
         next_attempt_at = now() - make_interval(mins => $3) where id = $1`,
      [id, minutes, retry],
    );
  };

  it('the newest is the last one', async () => {
    await unassigned('older', 90, 0);
    await unassigned('newer', 30, 0);
    expect(await report()).toMatchObject({ last_delivery_at: 30 });
  });

  it('a snapshot of the sync is not the last one', async () => {
    await database.query(
      `insert into public.webhook_logs (webhook_type, payload, status)
       values ('BOOKING_SYNCED', '{}', 'success')`,
    );
    expect(await report()).toMatchObject({ last_delivery_at: null });
  });

  it('the oldest that waits is reported, and the retry that is overdue for longest', async () => {
    await unassigned('older', 90, 10);
    await unassigned('newer', 30, 20);
    expect(await report()).toMatchObject({
      oldest_unapplied_at: 90,
      oldest_overdue_retry_at: 20,
    });
  });

  it('a retry that is not due yet is not overdue', async () => {
    await unassigned('waits', 90, -10);
    expect(await report()).toMatchObject({
      oldest_unapplied_at: 90,
      oldest_overdue_retry_at: null,
    });
  });

  it('one that was applied is no dead letter, whatever kept it waiting', async () => {
    await createSalon(database);
    const { log_id: id } = await deliver(database, booking());
    await database.query(
      `update public.webhook_logs set reason = 'apply_failed' where id = $1 and status = 'success'`,
      [id],
    );
    expect(await report()).toMatchObject({ last_delivery_at: 0, dead_letters: 0 });
  });
});

it('of reminders, the one that is overdue for longest is reported', async () => {
  await createSalon(database);
  await database.query(
    `insert into public.sms_messages (salon_id, local_date, next_attempt_at, not_after)
     select id, current_date, now() - late, now() + interval '1 hour'
     from public.salons, unnest(array[interval '10 minutes', interval '40 minutes']) as late`,
  );
  expect(await report()).toMatchObject({ oldest_overdue_reminder_at: 40 });
});

it('of salons that are passed over, the first time of all is reported, whatever the reason', async () => {
  for (const [problem, minutes] of [['55P03', 40], ['54000', 5]]) {
    const { id } = await createSalon(database, { username: null });
    await database.query(
      `insert into public.sms_settings (salon_id, enabled, problem, problem_since)
       values ($1, true, $2, now() - make_interval(mins => $3))`,
      [id, problem, minutes],
    );
  }
  expect(await report()).toMatchObject({
    passed_over: { '54000': 1, '55P03': 1 },
    oldest_passed_over_at: 40,
  });
});

it.each([['unavailable'], [null]])(
  'of syncs, one that succeeded lately is not stale: %s',
  async (error) => {
    const { id } = await createSalon(database);
    await database.query(`select public.set_calcom_api_key($1, 'cal_key')`, [id]);
    await database.query(
      `insert into public.calcom_sync_state (salon_id, last_success_at, last_error)
     values ($1, now() - interval '90 minutes', $2)`,
      [id, error],
    );
    expect(await report()).toMatchObject({ stale_syncs: 0 });
  },
);

describe('of jobs', () => {
  const ran = (job: string, status: string, minutes: number, times = 1) =>
    withClient(database.adminUrl, (client) =>
      client.query(
        `insert into cron.job_run_details (jobid, username, status, start_time)
         select jobid, username, $2, now() - make_interval(mins => $3)
         from cron.job, generate_series(1, $4) where jobname = $1`,
        [job, status, minutes, times],
      ));

  beforeEach(async () => {
    await database.query(
      'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
    );
  });

  it('the failure of one that is switched off is not reported', async () => {
    await ran('barkbook_complete', 'failed', 5);
    expect(await report()).toMatchObject({ failing_jobs: 1 });
    await withClient(
      database.adminUrl,
      (client) =>
        client.query(`update cron.job set active = false where jobname = 'barkbook_complete'`),
    );
    expect(await report()).toMatchObject({ failing_jobs: 0 });
  });

  it('the latest runs count, however long the history is', async () => {
    await ran('barkbook_retry', 'failed', 90, 5000);
    await ran('barkbook_retry', 'succeeded', 1);
    expect(await report()).toMatchObject({ failing_jobs: 0, scheduler_ran_at: 1 });
  });
});

it('a project without pg_cron lacks all jobs, and its reminders were not woken since the last run', async () => {
  const bare = await createTestDatabase();
  await withClient(bare.adminUrl, (client) => client.query('drop schema cron cascade'));
  const salon = await createSalon(bare);
  await bare.query('insert into public.sms_settings (salon_id, enabled) values ($1, true)', [
    salon.id,
  ]);
  await bare.query(
    `insert into public.sms_runs (provider, started_at) values ('log', now() - interval '2 hours')`,
  );
  expect(await report(bare)).toMatchObject({
    missing_jobs: 7,
    failing_jobs: 0,
    scheduler_ran_at: null,
    reminders_unwoken_since: 120,
  });
  await bare.drop();
});
