import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon } from '../support/salons.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSalon(database);
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await database.query('delete from public.sms_messages');
});
afterAll(() => database.drop());

const report = async () =>
  await database.as('service_role', null, async (client) => {
    const { rows } = await client.query('select * from public.health_report()');
    return rows[0];
  });
/** The age in minutes of a time in the report. */
const age = (time: Date | null) => time === null ? null : (Date.now() - time.getTime()) / 60_000;
const unassigned = (uid: string) => booking({ uid, organizerUsername: 'nieznany' });

it('a new project has nothing to report', async () => {
  expect(await report()).toEqual({
    last_delivery_at: null,
    oldest_unapplied_at: null,
    oldest_overdue_retry_at: null,
    dead_letters: 0,
    oldest_overdue_reminder_at: null,
    stale_syncs: 0,
    missing_jobs: 7,
    failing_jobs: 0,
    scheduler_ran_at: null,
    passed_over: {},
    oldest_passed_over_at: null,
    reminders_unwoken_since: null,
    sync_unwoken_since: null,
    failing: ['jobs_missing'],
  });
});

it('an applied delivery is reported as the last one and not as unapplied', async () => {
  await deliver(database, booking());
  expect(await report()).toMatchObject({
    last_delivery_at: expect.any(Date),
    oldest_unapplied_at: null,
    dead_letters: 0,
  });
});

it('a deferred booking is reported with its age, a deferred cancellation is not', async () => {
  await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', uid: 'unknown-booking' }));
  expect(await report()).toMatchObject({ oldest_unapplied_at: null });
  const { log_id: id } = await deliver(database, unassigned('a'));
  await database.query(
    `update public.webhook_logs set created_at = now() - interval '90 minutes',
       next_attempt_at = now() - interval '20 minutes' where id = $1`,
    [id],
  );
  const { oldest_unapplied_at: since, oldest_overdue_retry_at: overdue } = await report();
  expect(Math.round(age(since) ?? 0)).toBe(90);
  expect(Math.round(age(overdue) ?? 0)).toBe(20);
});

it('dead letters of the last day are counted, unparsed deliveries are not', async () => {
  await deliver(database, unassigned('a'));
  await deliver(database, unassigned('b'));
  await database.query(
    `update public.webhook_logs set next_attempt_at = null, processed_at = now()
       - case when booking ->> 'uid' = 'b' then interval '25 hours' else interval '0' end`,
  );
  await database.query(
    `insert into public.webhook_logs (webhook_type, payload, delivery_key, status, processed_at)
     values ('BOOKING_CREATED', '{}', 'unreadable', 'error', now())`,
  );
  expect(await report()).toMatchObject({ dead_letters: 1, oldest_unapplied_at: null });
});

it('a reminder is overdue from its send time until its deadline', async () => {
  const message = (due: string, notAfter: string, status = 'pending') =>
    database.query(
      `insert into public.sms_messages (salon_id, local_date, next_attempt_at, not_after, status)
       select id, current_date, now() + $1::interval, now() + $2::interval, $3 from public.salons`,
      [due, notAfter, status],
    );
  await message('-2 hours', '-1 hour');
  await message('-1 hour', '1 hour', 'sent');
  await message('1 minute', '1 hour');
  expect(await report()).toMatchObject({ oldest_overdue_reminder_at: null });
  await message('-40 minutes', '1 hour');
  expect(Math.round(age((await report()).oldest_overdue_reminder_at) ?? 0)).toBe(40);
});

it('a sync is stale two hours after its last success, or if it never succeeded', async () => {
  const { id } = await createSalon(database, { username: 'stary-sync' });
  const stale = async (success: string | null, error: string | null, key: string) => {
    await database.query('select public.set_calcom_api_key($1, $2)', [id, key]);
    await database.query(
      `insert into public.calcom_sync_state (salon_id, last_success_at, last_error)
       values ($1, now() - $2::interval, $3)
       on conflict (salon_id) do update
       set last_success_at = excluded.last_success_at, last_error = excluded.last_error`,
      [id, success, error],
    );
    return (await report()).stale_syncs;
  };
  expect(await stale('90 minutes', 'rate_limited', 'cal_key')).toBe(0);
  expect(await stale('3 hours', 'unavailable', 'cal_key')).toBe(1);
  expect(await stale(null, 'page_shape_unknown', 'cal_key')).toBe(1);
  expect(await stale('3 hours', null, 'cal_key')).toBe(1);
  expect(await stale(null, null, 'cal_key')).toBe(0);
  expect(await stale('3 hours', 'key_missing', '')).toBe(0);
});

it.each(['key_missing', 'key_refused', 'rate_limited'])(
  'a sync that stopped because of the salon’s own key is not reported: %s',
  async (error) => {
    const { id } = await createSalon(database, { username: `klucz-${error}` });
    await database.query(`select public.set_calcom_api_key($1, 'cal_key')`, [id]);
    await database.query(
      `insert into public.calcom_sync_state (salon_id, last_success_at, last_error)
       values ($1, now() - interval '3 hours', $2)`,
      [id, error],
    );
    const before = (await report()).stale_syncs;
    await database.query('delete from public.calcom_sync_state where salon_id = $1', [id]);
    expect((await report()).stale_syncs).toBe(before);
  },
);

it('what a salon’s own webhook brings about is not reported, a failure to apply it is', async () => {
  const first = await createSalon(database, { username: 'pierwszy' });
  const other = await createSalon(database, { username: 'drugi' });
  await deliver(database, booking({ uid: 'theirs' }), { salonId: first.id });
  const { log_id: id, reason } = await deliver(
    database,
    booking({ uid: 'theirs', ...at(12) }),
    { salonId: other.id },
  );
  expect(reason).toBe('other_salon');
  const change = (assignments: string) =>
    database.query(`update public.webhook_logs set ${assignments} where id = $1`, [id]);
  await change(`created_at = now() - interval '2 hours'`);
  expect(await report()).toMatchObject({ oldest_unapplied_at: null });
  await change('next_attempt_at = null, processed_at = now()');
  expect(await report()).toMatchObject({ dead_letters: 0 });
  await change(`reason = 'apply_failed'`);
  expect(await report()).toMatchObject({ dead_letters: 1 });
});

it('only our jobs are reported, each with its last finished run', async () => {
  await database.query(`select cron.schedule('barkbook_retry', '* * * * *', 'select 1')`);
  await database.query(`select cron.schedule('barkbook_trim', '* * * * *', 'select 1')`);
  await database.query(`select cron.schedule('barkbook_reports', '* * * * *', 'select 1')`);
  expect(await report()).toMatchObject({ failing_jobs: 0 });

  const ran = (job: string, status: string, ago: string) =>
    withClient(database.adminUrl, (client) =>
      client.query(
        `insert into cron.job_run_details (jobid, username, status, start_time)
         select jobid, username, $2, now() - $3::interval from cron.job where jobname = $1`,
        [job, status, ago],
      ));
  await ran('barkbook_retry', 'failed', '20 minutes');
  await ran('barkbook_retry', 'succeeded', '10 minutes');
  await ran('barkbook_trim', 'succeeded', '15 minutes');
  await ran('barkbook_reports', 'failed', '1 minute');
  const healthy = await report();
  expect(healthy).toMatchObject({ failing_jobs: 0 });
  expect(Math.round(age(healthy.scheduler_ran_at) ?? 0)).toBe(10);
  await ran('barkbook_trim', 'failed', '5 minutes');
  await ran('barkbook_trim', 'running', '1 minute');
  expect(await report()).toMatchObject({ failing_jobs: 1 });
  // A day of runs of a frequent job, while a nightly one has not run again.
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (jobid, username, status, start_time)
       select jobid, username, 'succeeded', now()
       from cron.job, generate_series(1, 1900) where jobname = 'barkbook_retry'`,
    ));
  expect(await report()).toMatchObject({ failing_jobs: 1 });
});

it('a job that is switched off is not missing, one that is not scheduled is', async () => {
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
  await withClient(
    database.adminUrl,
    (client) =>
      client.query(`update cron.job set active = false where jobname = 'barkbook_complete'`),
  );
  expect(await report()).toMatchObject({ missing_jobs: 0 });
  await database.query(`select cron.unschedule('barkbook_erase')`);
  expect(await report()).toMatchObject({ missing_jobs: 1 });
});

it('only service_role can read the report', async () => {
  for (const role of ['anon', 'authenticated'] as const) {
    const asked = database.as(
      role,
      null,
      (client) => client.query('select public.health_report()'),
    );
    await expect(asked).rejects.toMatchObject({ code: '42501' });
  }
});

it('salons that the reminder job passes over are counted by reason, while they remind', async () => {
  for (
    const [problem, minutes, enabled] of [['55P03', 5, true], ['55P03', 40, true], [
      '54000',
      90,
      false,
    ]]
  ) {
    const { id } = await createSalon(database, { username: null });
    await database.query(
      `insert into public.sms_settings (salon_id, enabled, problem, problem_since)
       values ($1, $2, $3, now() - make_interval(mins => $4))`,
      [id, enabled, problem, minutes],
    );
  }
  const { passed_over, oldest_passed_over_at: since } = await report();
  expect(passed_over).toEqual({ '55P03': 2 });
  expect(Math.round(age(since) ?? 0)).toBe(40);
});
