import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  messages,
} from '../support/reminders.ts';

// The alert queries and the runbook, as docs/operations.md prints them.
const UNAPPLIED = `select salon_id, reason, count(*), min(created_at) as since
from webhook_logs
where status <> 'success' and private.has_full_booking(webhook_type)
  and next_attempt_at is not null
  and created_at < now() - interval '1 hour'
group by salon_id, reason;`;
const GIVEN_UP = `select id, salon_id, webhook_type, cal_com_event_id, reason, error_message
from webhook_logs
where status <> 'success' and booking is not null and next_attempt_at is null
order by created_at desc;`;
const RATE_LIMITED = `select salon_id, count(*), min(next_attempt_at) as next
from webhook_logs
where status <> 'success' and reason = 'rate_limited'
group by salon_id;`;
const SILENT = `select s.name, max(l.created_at) as last_delivery
from salons s
left join webhook_logs l on l.salon_id = s.id and l.webhook_type <> 'BOOKING_SYNCED'
where s.cal_com_username is not null
group by s.id
having coalesce(max(l.created_at), '-infinity') < now() - interval '7 days';`;
const STILL_SHARED = `select s.name, count(*) as deliveries
from webhook_logs l join salons s on s.id = l.salon_id
where not l.from_salon_webhook and l.webhook_type <> 'BOOKING_SYNCED'
  and l.created_at > now() - interval '7 days'
group by s.id;`;
const UNFINISHED_ERASURES = `select e.client_id, e.salon_id, e.erased_at from client_erasures e
where e.finished_at is null and e.erased_at < now() - interval '1 hour';`;
const PAUSED = `select provider, reason, paused_until from sms_provider_state
where paused_until > now();`;
const PASSED_OVER = `select salon_id, problem, problem_since from sms_settings
where enabled and problem is not null;`;
const JOBS = `select j.jobname, j.schedule, r.status, r.start_time, r.return_message
from cron.job j left join lateral (
  select * from cron.job_run_details d where d.jobid = j.jobid order by d.runid desc limit 1
) r on true
where j.jobname like 'barkbook%' order by j.jobname;`;
const DELIVERIES_ABOUT =
  `select created_at, occurred_at, webhook_type, status, action, reason, error_message,
  attempts, next_attempt_at, salon_id
from webhook_logs
where '<uid>' in (booking ->> 'uid', booking ->> 'rescheduleUid')
order by occurred_at;`;
const APPOINTMENT_OF =
  `select e.id, s.name, e.status, e.start_time, e.cal_com_event_id, u.seat_id, u.replaced_uid
from calendar_event_uids u
join calendar_events e on e.id = u.event_id left join salons s on s.id = e.salon_id
where u.booking_uid = '<uid>';`;
const RESUME_PROVIDER = `delete from sms_provider_state where provider = 'smsapi';`;
const STOP_JOBS = `select cron.unschedule(jobname) from cron.job where jobname like 'barkbook%';`;
const PLAN = `set role service_role; select * from sms_plan(); reset role;`;
const GIVE_UP_DUE_MESSAGES = `update sms_messages
set status = 'dead', reason = 'ambiguous', lease_token = null, lease_until = null, final_at = now()
where status in ('pending', 'leased', 'unknown') and next_attempt_at <= now();`;

const ALERTS = {
  UNAPPLIED,
  GIVEN_UP,
  RATE_LIMITED,
  SILENT,
  STILL_SHARED,
  UNFINISHED_ERASURES,
  PAUSED,
  PASSED_OVER,
  JOBS,
};
const REMEDIES = {
  DELIVERIES_ABOUT,
  APPOINTMENT_OF,
  RESUME_PROVIDER,
  STOP_JOBS,
  PLAN,
  GIVE_UP_DUE_MESSAGES,
};

const about = (query: string, uid: string) => query.replaceAll('<uid>', uid);

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createSalon(database, { username: 'cichy-salon' });
});
afterAll(() => database.drop());

it.each(Object.entries({ ...ALERTS, ...REMEDIES }))(
  'docs/operations.md prints %s',
  async (_, query) => {
    const page = await readFile(join(projectRoot, 'docs/operations.md'), 'utf8');
    // In a list item its lines are indented.
    expect(page.replaceAll(/^ {3}/gm, '')).toContain(query);
  },
);

const ask = (query: string) => database.query(query);
const change = (set: string, uid: string) =>
  database.query(`update webhook_logs set ${set} where cal_com_event_id = $1`, [uid]);
const ago = (interval: string) => `created_at = now() - interval '${interval}'`;

describe('an alert', () => {
  it('finds bookings that are unapplied for an hour, by salon and reason', async () => {
    await deliver(database, booking({ uid: 'waits', organizerUsername: 'nieznany' }));
    await deliver(database, booking({ uid: 'recent', organizerUsername: 'nieznany' }));
    await change(ago('2 hours'), 'waits');
    expect(await ask(UNAPPLIED)).toMatchObject([
      { salon_id: null, reason: 'salon_not_found', count: '1' },
    ]);
  });

  it('finds erasures that have not ended after an hour', async () => {
    await database.query(
      `insert into client_erasures (client_id, salon_id, counts, erased_at, finished_at)
       select gen_random_uuid(), $1, '{}', now() - age, finished
       from (values (interval '2 hours', null), ('2 hours', now()), ('1 minute', null))
         as erasures (age, finished)`,
      [salon.id],
    );
    expect(await ask(UNFINISHED_ERASURES)).toMatchObject([{ salon_id: salon.id }]);
  });

  it('finds dead letters', async () => {
    await deliver(database, booking({ uid: 'dead', organizerUsername: 'nieznany' }));
    await change('next_attempt_at = null', 'dead');
    expect(await ask(GIVEN_UP)).toMatchObject([{ cal_com_event_id: 'dead' }]);
  });

  it('finds salons whose deliveries are rate-limited', async () => {
    await deliver(database, booking({ uid: 'fast' }));
    await deliver(database, booking({ uid: 'faster' }), { rateLimit: 1 });
    expect(await ask(RATE_LIMITED)).toMatchObject([{ salon_id: salon.id, count: '1' }]);
  });

  it('finds salons without a delivery for a week', async () => {
    expect(await ask(SILENT)).toEqual([{ name: 'Salon', last_delivery: null }]);
  });

  it('finds salons that still use the shared secret', async () => {
    const own = await createSalon(database, { username: null });
    await deliver(database, booking({ uid: 'own' }), { salonId: own.id });
    expect(await ask(STILL_SHARED)).toEqual([{ name: 'Salon', deliveries: '2' }]);
  });

  it('finds a provider that is paused because it refuses the account', async () => {
    await database.query(
      `insert into sms_provider_state (provider, paused_until, reason)
       values ('smsapi', now() + interval '10 minutes', '101')`,
    );
    expect(await ask(PAUSED)).toMatchObject([{ provider: 'smsapi', reason: '101' }]);
    await ask(RESUME_PROVIDER);
    expect(await ask(PAUSED)).toEqual([]);
  });

  it('finds a salon that the reminder job passes over', async () => {
    const { id } = await createSalon(database, { username: null });
    await database.query(
      `insert into sms_settings (salon_id, enabled, problem, problem_since)
       values ($1, true, '55P03', now())`,
      [id],
    );
    expect(await ask(PASSED_OVER)).toMatchObject([{ salon_id: id, problem: '55P03' }]);
  });

  it('shows the result of each job’s last run', async () => {
    await ask(`select cron.schedule('barkbook_job', '* * * * *', 'select 1')`);
    await withClient(database.adminUrl, (client) =>
      client.query(
        `insert into cron.job_run_details (jobid, username, status, return_message)
         select jobid, username, 'failed', 'ERROR:  no' from cron.job`,
      ));
    expect(await ask(JOBS)).toMatchObject([{ jobname: 'barkbook_job', status: 'failed' }]);
  });
});

describe('a lost booking', () => {
  it('is found by its uid with every delivery about it', async () => {
    await deliver(database, booking());
    await deliver(
      database,
      booking({ trigger: 'BOOKING_RESCHEDULED', uid: 'uid-1', rescheduleUid: 'uid-0', ...at(10) }),
    );
    expect(await ask(about(DELIVERIES_ABOUT, 'uid-0'))).toMatchObject([
      { webhook_type: 'BOOKING_CREATED', action: 'applied' },
      { webhook_type: 'BOOKING_RESCHEDULED', action: 'applied', salon_id: salon.id },
    ]);
    expect(await ask(about(APPOINTMENT_OF, 'uid-0'))).toMatchObject([{
      name: 'Salon',
      cal_com_event_id: 'uid-1',
      replaced_uid: null,
    }]);
    expect(await ask(about(APPOINTMENT_OF, 'nothing'))).toEqual([]);
  });
});

describe('after a backup was restored', () => {
  it('the jobs can be stopped', async () => {
    await ask(STOP_JOBS);
    expect(await ask('select from cron.job')).toEqual([]);
  });

  it('no reminder that may have been sent is sent again', async () => {
    const reminding = await createRemindingSalon(database, {
      mode: 'hours_before',
      hours_before: 100,
      quiet_from: '00:00',
      quiet_to: '00:00',
    });
    const anna = await createRemindedClient(database, reminding.id);
    const [planned, unplanned] = [30, 60].map((hours) =>
      new Date(Date.now() + hours * 3_600_000).toISOString()
    );
    await createAppointment(database, reminding.id, {
      client: anna,
      pet: 'Reksio',
      start: planned ?? '',
    });
    await ask(PLAN);
    await createAppointment(database, reminding.id, {
      client: anna,
      pet: 'Reksio',
      start: unplanned ?? '',
    });

    await ask(PLAN);
    await ask(GIVE_UP_DUE_MESSAGES);
    await ask(PLAN);

    expect((await messages(database)).map(({ status, reason }) => [status, reason]))
      .toEqual([['dead', 'ambiguous'], ['dead', 'ambiguous']]);
  });
});
