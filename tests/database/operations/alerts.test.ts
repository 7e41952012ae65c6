import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { answerAlerts, linesOf, passAlertTime, runAlerts } from '../support/alerts.ts';
import { createSalon } from '../support/salons.ts';

// What is told, when, and how often. The bodies of the requests are in alert-formats.test.ts.
const MISSING = 'jobs_missing, a job is not scheduled';
const FAILING = 'jobs_failing, a job failed when it last ran';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from private.alerts');
  await database.query('delete from public.salons');
  await database.query('delete from net.http_request_queue');
  await database.query('delete from net._http_response');
  await database.query(
    `select private.setup_alerts('https://hooks.slack.com/services/T/B/x', null, '', '', '')`,
  );
  await database.query('delete from private.alerts');
  await schedule();
});
afterAll(() => database.drop());

const schedule = () =>
  database.query('select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()');
const unschedule = () => database.query(`select cron.unschedule('barkbook_erase')`);
const setFailing = (isFailing: boolean) =>
  withClient(database.adminUrl, (client) =>
    client.query(
      isFailing
        ? `insert into cron.job_run_details (jobid, username, status, start_time)
           select jobid, username, 'failed', now() from cron.job where jobname = 'barkbook_retry'`
        : 'delete from cron.job_run_details',
    ));

/** One run, whose messages are accepted; their lines. */
async function told(status: number | null = 200): Promise<string[]> {
  const requests = await runAlerts(database);
  await answerAlerts(database, requests, status);
  return requests.flatMap(linesOf);
}
/** Runs of the job, five minutes apart. */
async function toldWithin(minutes: number): Promise<string[]> {
  const lines = [];
  for (let passed = 0; passed < minutes; passed += 5) {
    await passAlertTime(database, 5);
    lines.push(...await told());
  }
  return lines;
}

it('nothing is told while all is well', async () => {
  expect(await toldWithin(20)).toEqual([]);
});

it('a problem is told once when it begins and once when it ends', async () => {
  await unschedule();
  expect(await told()).toEqual([`Began: ${MISSING}`]);
  expect(await toldWithin(60)).toEqual([]);
  await schedule();
  expect(await toldWithin(30)).toEqual([`Over: ${MISSING}`]);
  expect(await toldWithin(60)).toEqual([]);
});

it('problems that are found together are told in one message', async () => {
  await unschedule();
  await setFailing(true);
  const requests = await runAlerts(database);
  expect(requests.map(linesOf)).toEqual([[`Began: ${MISSING}`, `Began: ${FAILING}`]]);
  await setFailing(false);
});

it('one that comes and goes is told less and less often', async () => {
  const lines: string[] = [];
  // There for five minutes of each hour.
  for (let hour = 0; hour < 8; hour += 1) {
    await unschedule();
    lines.push(...await toldWithin(5));
    await schedule();
    lines.push(...await toldWithin(55));
  }
  expect(lines.filter((line) => line.startsWith('Began'))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith('Over'))).toHaveLength(2);
});

it('one that comes and goes every few minutes is told once', async () => {
  const lines: string[] = [];
  for (let minutes = 0; minutes < 120; minutes += 10) {
    await unschedule();
    lines.push(...await toldWithin(5));
    await schedule();
    lines.push(...await toldWithin(5));
  }
  expect(lines).toEqual([`Began: ${MISSING}`]);
});

it.each([[404], [500], [null]])(
  'a message that was answered with %s is sent again',
  async (status) => {
    await unschedule();
    expect(await told(status)).toEqual([`Began: ${MISSING}`]);
    expect(await told(status)).toEqual([`Began: ${MISSING}`]);
    expect(await told(204)).toEqual([`Began: ${MISSING}`]);
    expect(await told()).toEqual([]);
  },
);

it('a message without an answer is sent again after half an hour', async () => {
  await unschedule();
  await runAlerts(database);
  await passAlertTime(database, 29);
  expect(await runAlerts(database)).toEqual([]);
  await passAlertTime(database, 2);
  expect((await runAlerts(database)).flatMap(linesOf)).toEqual([`Began: ${MISSING}`]);
});

it('one that ended before anybody heard of it is told in one line', async () => {
  await unschedule();
  await told(500);
  await schedule();
  for (let run = 0; run < 5; run += 1) {
    await passAlertTime(database, 5);
    await told(500);
  }
  expect(await told()).toEqual([`Over: ${MISSING}`]);
  expect(await toldWithin(30)).toEqual([]);
});

it('the end is told although it came while the beginning was under way', async () => {
  await unschedule();
  const begun = await runAlerts(database);
  await schedule();
  await passAlertTime(database, 20);
  expect(await runAlerts(database)).toEqual([]);
  await answerAlerts(database, begun);
  expect(await told()).toEqual([`Over: ${MISSING}`]);
});

it('each channel is told until it has accepted, whatever the other does', async () => {
  await database.query(
    `select private.setup_alerts(p_email_key => 're_key', p_email_from => 'alerts@barkbook.example',
       p_email_to => 'operator@barkbook.example')`,
  );
  await database.query('delete from private.alerts');
  await unschedule();
  const [email, webhook, ...more] = await runAlerts(database);
  if (!email || !webhook) throw new Error('not two messages');
  expect(more).toEqual([]);
  expect([email.url, webhook.url]).toEqual([
    'https://api.resend.com/emails',
    'https://hooks.slack.com/services/T/B/x',
  ]);
  await answerAlerts(database, [email], 200);
  await answerAlerts(database, [webhook], 500);
  expect((await runAlerts(database)).map(({ url }) => url)).toEqual([webhook.url]);
});

it('answers of alerts are not left among those of the functions', async () => {
  await unschedule();
  await told(404);
  await database.query(`insert into net._http_response (id, status_code) values (-1, 202)`);
  await runAlerts(database);
  expect(await database.query('select id, status_code from net._http_response')).toEqual([
    { id: '-1', status_code: 202 },
  ]);
});

it('without a channel nothing is noted, and one that is set up later hears what is wrong then', async () => {
  await unschedule();
  await database.query(`select private.setup_alerts('')`);
  expect(await runAlerts(database)).toEqual([]);
  expect(await database.query('select from private.alerts')).toEqual([]);
  await database.query(`select private.setup_alerts('https://hooks.slack.com/services/T/B/y')`);
  expect(await told()).toEqual(['Over: test, alerts arrive here', `Began: ${MISSING}`]);
});

it('ended alerts are forgotten after a week', async () => {
  await unschedule();
  await told();
  await schedule();
  await toldWithin(25);
  await passAlertTime(database, 7 * 24 * 60);
  await runAlerts(database);
  expect(await database.query('select from private.alerts')).toEqual([]);
});

describe('of many salons', () => {
  const giveUp = (salonId: string) =>
    database.query(
      `insert into public.webhook_logs (webhook_type, payload, booking, status, salon_id, processed_at)
       values ('BOOKING_CREATED', '{}', '{"uid": "u"}', 'error', $1, now())`,
      [salonId],
    );
  const salons = async (count: number): Promise<string[]> => {
    const ids = [];
    for (let n = 0; n < count; n += 1) {
      ids.push((await createSalon(database, { username: `salon-${n}` })).id);
    }
    return ids;
  };

  it('each is told', async () => {
    const ids = await salons(40);
    for (const id of ids) await giveUp(id);
    const requests = await runAlerts(database);
    expect(requests.map((request) => linesOf(request).length)).toEqual([12, 12, 12, 4]);
    const lines = requests.flatMap(linesOf);
    for (const id of ids) {
      expect(lines).toContain(
        `Began: salon_deliveries_dead in salon ${id}, deliveries were given up`,
      );
    }
  });

  it('has the longest text in a message that Discord can show', async () => {
    for (const id of await salons(12)) {
      await database.query(
        `insert into private.alerts (channel, salon_id, code, ended_at)
         values ('webhook', $1, 'salon_deliveries_silent', now())`,
        [id],
      );
    }
    const requests = await runAlerts(database);
    expect(requests.map((request) => linesOf(request).length)).toEqual([12]);
    expect(String(requests[0]?.body.text).length).toBeLessThan(2000);
  });

  it('do not delay news of the project, however many they are', async () => {
    for (const id of await salons(50)) await giveUp(id);
    expect(await told(500)).toHaveLength(48);
    await unschedule();
    expect(await told()).toContain(`Began: ${MISSING}`);
  });

  it('one that comes and goes delays the news of no other', async () => {
    const [one, other] = await salons(2);
    if (!one || !other) throw new Error('no salons');
    await giveUp(one);
    expect(await told(500)).toHaveLength(1);
    await giveUp(other);
    expect(await told()).toHaveLength(2);
  });

  it('a message names no salon and no person', async () => {
    const { id } = await createSalon(database, { username: 'hania-nowak' });
    await database.query(`update public.salons set name = 'Salon Hani Nowak'`);
    await giveUp(id);
    const [request] = await runAlerts(database);
    expect(JSON.stringify(request)).not.toMatch(/hani|nowak/i);
  });

  it('alerts of a salon that is deleted go with it', async () => {
    const [id = ''] = await salons(1);
    await giveUp(id);
    await told();
    await database.query('delete from public.salons');
    expect(await toldWithin(30)).toEqual([]);
  });

  it('more than forty-eight are told in several runs', async () => {
    await database.query(
      `insert into private.alerts (channel, code, ended_at)
       select 'webhook', 'test', now() from generate_series(1, 70)`,
    );
    expect(await told()).toHaveLength(48);
    expect(await told()).toHaveLength(22);
  });
});
