import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alerts as alertsCheck } from '../../../cli/doctor/checks/alerts.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { answerAlerts, runAlerts } from '../support/alerts.ts';
import { askDoctor } from '../support/ask-doctor.ts';

const SLACK = 'https://hooks.slack.com/services/T/B/x';
const EMAIL = ['re_key', 'alerts@barkbook.example', 'operator@barkbook.example'];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
});
beforeEach(async () => {
  await setUp('', null, '', '', '', '');
  await database.query('delete from private.alerts');
});
afterAll(() => database.drop());

/** Sets alerts up, in the order of the parameters; the channels. */
const setUp = async (...values: (string | null)[]): Promise<unknown> => {
  const places = values.map((_, index) => `$${index + 1}`).join();
  const [row] = await database.query(`select private.setup_alerts(${places}) as channels`, values);
  return row?.channels;
};
const entries = () =>
  database.query(
    `select replace(name, 'barkbook_alert_', '') as name, decrypted_secret as value
     from vault.decrypted_secrets where name like 'barkbook_alert_%' order by 1`,
  );

it('null leaves a setting as it is, and an empty text removes it', async () => {
  expect(await setUp(SLACK)).toBe('webhook');
  expect(await setUp(null, null, ...EMAIL)).toBe('webhook, email');
  expect(await setUp()).toBe('webhook, email');
  expect(await setUp(null, null, '', '', '')).toBe('webhook');
  expect(await entries()).toEqual([
    { name: 'webhook_format', value: 'slack' },
    { name: 'webhook_url', value: SLACK },
  ]);
  expect(await setUp('')).toBe('nowhere');
  expect(await entries()).toEqual([]);
});

it.each([
  [SLACK, 'slack'],
  ['https://discord.com/api/webhooks/1/x', 'discord'],
  ['https://canary.discord.com/api/webhooks/1/x', 'discord'],
  ['https://ntfy.sh/our-alerts', 'ntfy'],
])('the format of %s is known', async (url, format) => {
  await setUp(url);
  expect(await entries()).toContainEqual({ name: 'webhook_format', value: format });
});

it('a changed channel is sent a test, an unchanged one is not', async () => {
  await setUp(SLACK);
  await setUp(SLACK);
  expect(await database.query('select channel, code from private.alerts')).toEqual([
    { channel: 'webhook', code: 'test' },
  ]);
});

it.each<[string, (string | null)[]]>([
  ['an address without a format', ['https://chat.example/hook']],
  ['an unknown format', ['https://chat.example/hook', 'teams']],
  ['no address', ['chat.example/hook', 'slack']],
  ['ntfy without a topic', ['https://ntfy.sh/']],
  ['e-mail without a recipient', [null, null, 're_key', 'alerts@barkbook.example']],
])('%s is refused, and nothing is stored', async (_, values) => {
  await expect(setUp(...values)).rejects.toMatchObject({ code: '22023' });
  expect(await entries()).toEqual([]);
});

it('every problem that the report knows is explained', async () => {
  const codes = await database.query<{ code: string; meaning: string | null }>(
    `select c.code, private.alert_meaning(c.code) as meaning from (
       select (regexp_matches(split_part(p.prosrc, 'failing :=', 2), '\\(''([a-z_]+)'', ', 'g'))[1]
         as code
       from pg_proc p where p.proname = 'health_report'
     ) c`,
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter(({ meaning }) => meaning === null)).toEqual([]);
});

describe('the doctor', () => {
  it('does not judge alerts that nobody set up', async () => {
    expect(await askDoctor(alertsCheck, database)).toMatchObject({ ok: null });
  });

  it('says where they go', async () => {
    await setUp(SLACK, null, ...EMAIL);
    expect(await askDoctor(alertsCheck, database)).toEqual({ ok: true, detail: 'webhook, email' });
  });

  it('finds a channel that refuses them', async () => {
    await setUp(SLACK);
    await answerAlerts(database, await runAlerts(database), 404);
    await runAlerts(database);
    expect(await askDoctor(alertsCheck, database)).toMatchObject({
      ok: false,
      problem: 'webhook refuses alerts: 404',
      next: expect.stringContaining('ALERT_WEBHOOK_URL'),
    });
    await database.query('update private.alerts set failure = null');
    expect(await askDoctor(alertsCheck, database)).toMatchObject({ ok: true });
  });
});
