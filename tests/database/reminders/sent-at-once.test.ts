import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

// What a member sends starts the reminder job, as its schedule does.

const URL = 'https://abcdefgh.supabase.co/functions/v1';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  await database.query('select private.setup_schedules($1)', [URL]);
  await database.query('delete from net.http_request_queue');
  await database.query('delete from sms_runs');
  await database.query('delete from sms_provider_state');
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
});
afterAll(() => database.drop());

async function ask(call: string, of = salon, now = monday('12:00')): Promise<boolean | undefined> {
  const [row] = await readAt<{ is_being_sent: boolean }>(
    database,
    of,
    now,
    `select is_being_sent from public.${call}`,
  );
  return row?.is_being_sent;
}
const book = (hour: number) =>
  createAppointment(database, salon.id, { client: anna, start: tuesday(`${hour}:00`) });
const sendNow = (id: string, now?: string) => ask(`send_reminder_now('${id}')`, salon, now);
const sendTest = (of = salon, now?: string) =>
  ask(`send_test_sms('${of.id}', '600 100 300')`, of, now);
const calls = async () =>
  (await database.query<{ url: string }>('select url from net.http_request_queue')).length;
const aRunBegins = () => database.query(`insert into sms_runs (provider) values ('log')`);
const theRunEnds = () => database.query('update sms_runs set finished_at = clock_timestamp()');
const later = (interval: string) =>
  database.query(`update private.sms_asked_runs set asked_at = asked_at - $1::interval`, [
    interval,
  ]);

describe('a run is started', () => {
  it('for a reminder that is sent now, by the address and secret of the job', async () => {
    expect(await sendNow(await book(10))).toBe(true);
    const read =
      `select url, headers, convert_from(body, 'UTF8') as body from net.http_request_queue`;
    const [asked] = await database.query(read);
    await database.query('delete from net.http_request_queue');
    await database.query(`select private.call_function('sms-reminders')`);
    expect([asked]).toEqual(await database.query(read));
  });

  it('for a test SMS, in quiet hours too', async () => {
    expect(await sendTest(salon, monday('23:00'))).toBe(true);
    expect(await calls()).toBe(1);
  });

  it('no more for one that was sent, which nobody has to wait for either', async () => {
    const id = await book(10);
    await sendNow(id);
    await sendDue(database, monday('12:00'));
    await database.query('delete from private.sms_asked_runs');
    expect(await sendNow(id)).toBe(true);
    expect(await calls()).toBe(1);
  });

  it('only once the message is stored', async () => {
    const id = await book(10);
    await database.as('authenticated', salon.ownerId, async (client) => {
      await client.query(`select set_config('barkbook.app_now', $1, true)`, [monday('12:00')]);
      await client.query('select public.send_reminder_now($1)', [id]);
      expect(await calls()).toBe(0);
    });
    expect(await calls()).toBe(1);
  });
});

describe('however often members ask, a salon has one run at a time', () => {
  it('the same reminder again and again', async () => {
    const id = await book(10);
    for (let press = 0; press < 5; press++) expect(await sendNow(id)).toBe(true);
    expect(await calls()).toBe(1);
  });

  it('others before the run begins, and while it is under way', async () => {
    await sendNow(await book(10));
    expect(await sendNow(await book(11))).toBe(true);
    await aRunBegins();
    expect(await sendTest()).toBe(true);
    expect(await calls()).toBe(1);
  });

  it('members at the same time', async () => {
    const ids = await Promise.all([10, 11, 12, 13].map(book));
    expect(await Promise.all(ids.map((id) => sendNow(id)))).toEqual([true, true, true, true]);
    expect(await calls()).toBe(1);
  });

  it('the next one after it has ended', async () => {
    await sendNow(await book(10));
    await aRunBegins();
    await theRunEnds();
    expect(await sendNow(await book(11))).toBe(true);
    expect(await calls()).toBe(2);
  });

  it('the next one if the call was lost, or the run never ended', async () => {
    await sendNow(await book(10));
    await later('31 seconds');
    await sendNow(await book(11));
    expect(await calls()).toBe(2);
    await aRunBegins();
    await later('31 seconds');
    await sendNow(await book(12));
    expect(await calls()).toBe(2);
    await later('5 minutes');
    await sendNow(await book(13));
    expect(await calls()).toBe(3);
  });

  it('after ten messages within a minute, none', async () => {
    const answers = [];
    for (let minute = 10; minute < 22; minute++) {
      const id = await createAppointment(database, salon.id, {
        client: anna,
        start: tuesday(`10:${minute}`),
      });
      answers.push(await sendNow(id));
      await aRunBegins();
      await theRunEnds();
    }
    expect(answers).toEqual([...Array(10).fill(true), false, false]);
    expect(await calls()).toBe(10);
  });

  it('and another salon has its own', async () => {
    const other = await createRemindingSalon(database);
    await sendTest();
    expect(await sendTest(other)).toBe(true);
    expect(await calls()).toBe(2);
  });
});

describe('the next scheduled run sends it instead', () => {
  const waits = async (now?: string) => {
    expect(await sendNow(await book(10), now)).toBe(false);
    // Said again, it is still true.
    expect(await sendNow(await book(11), now)).toBe(false);
    expect(await database.query(`select distinct status::text from sms_messages`))
      .toEqual([{ status: 'pending' }]);
  };
  const isNotStarted = async (now?: string) => {
    await waits(now);
    expect(await calls()).toBe(0);
  };

  it('without the address of the functions', async () => {
    await database.query(`delete from vault.secrets where name = 'barkbook_functions_url'`);
    await isNotStarted();
  });

  it('if the job was switched off on purpose', async () => {
    await database.query(
      `select cron.alter_job(jobid, active => false) from cron.job
       where jobname = 'barkbook_sms_reminders'`,
    );
    await isNotStarted();
  });

  it('in quiet hours', () => isNotStarted(monday('05:00')));

  it('while the provider is paused', async () => {
    await database.query(
      `insert into sms_provider_state values ('log', $1::timestamptz + interval '1 minute', '103')`,
      [monday('12:00')],
    );
    await isNotStarted();
  });

  it('if pg_net fails', async () => {
    await withClient(
      database.adminUrl,
      (client) => client.query('alter function net.http_post rename to http_post_gone'),
    );
    await isNotStarted();
    await withClient(
      database.adminUrl,
      (client) => client.query('alter function net.http_post_gone rename to http_post'),
    );
  });

  it('without pg_net', async () => {
    await withClient(database.adminUrl, (client) => client.query('drop schema net cascade'));
    await waits();
  });
});
