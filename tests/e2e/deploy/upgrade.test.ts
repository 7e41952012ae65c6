import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseUrl } from '../../../local/postgres/logins.ts';
import { startScheduler } from '../../../local/stand-ins/cron/scheduler.ts';
import { startNetWorker } from '../../../local/stand-ins/net/net-worker.ts';
import { readCatalog } from '../../database/support/catalog.ts';
import { clusterInfo } from '../../support/cluster.ts';
import {
  createPgCronDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../support/database.ts';
import { startFunction } from '../../support/functions.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import {
  applyFirstRelease,
  booked,
  deliver,
  fillFirstRelease,
  type ReleasedData,
} from './first-release.ts';
import { type Deployed, type Scene, SMSAPI_TOKEN, startScene } from './scene.ts';

/** A table with its columns, and its rows in the order of their text. */
type Rows = { name: string; columns: string[]; rows: string[] };

/** What a deployment itself writes: its version, and the worker secret. */
const WRITTEN = new Set(['private.deployments']);
/** The real pg_cron starts a job every minute at most. */
const PATIENCE = { timeout: 75_000, interval: 100 };

/** A deployment of the first release with data in it, and then this checkout. */
let scene: Scene;
let data: ReleasedData;
let before: Rows[];
let deployed: Deployed;
let smsapi: SmsapiServer;
const stops: (() => Promise<void>)[] = [];

// With the real pg_cron where the server has it (Postgres 15 in CI), else with its stand-in.
beforeAll(async () => {
  const database = await createPgCronDatabase() ?? await createTestDatabase({ template: 'bare' });
  await applyFirstRelease(database);
  data = await fillFirstRelease(database);
  before = await rowsOf(database, await tables(database));
  scene = await startScene(database);
  smsapi = await startSmsapiServer(SMSAPI_TOKEN);
  deployed = await scene.deploy([
    ...['--yes', '--sms-provider', 'smsapi', '--site-url', 'https://panel.salon.example'],
  ], { env: { SMSAPI_TOKEN } });
}, 120_000);
afterAll(async () => {
  for (const stop of stops) await stop();
  await smsapi.stop();
  await scene.stop();
});

async function tables(database: TestDatabase): Promise<Omit<Rows, 'rows'>[]> {
  return await database.query(
    `select c.oid::regclass::text as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
       and a.attnum > 0 and not a.attisdropped
     group by c.oid order by 1`,
  );
}

async function rowsOf(database: TestDatabase, of: Omit<Rows, 'rows'>[]): Promise<Rows[]> {
  return await Promise.all(of.map(async ({ name, columns }) => {
    const rows = await database.query<{ row: string }>(
      `select to_jsonb(r)::text as row from (select ${
        columns.map((c) => `"${c}"`).join(', ')
      } from ${name}) r
       order by 1`,
    );
    return { name, columns, rows: rows.map(({ row }) => row) };
  }));
}

test('the deployment applies what the first release lacks, and the doctor finds the database well', () => {
  expect(deployed.output).toMatch(/\[ 1\/13\] migrations +applied \d+\n/);
  for (const check of ['migrations', 'version', 'constraints', 'extensions', 'Vault', 'jobs']) {
    expect(deployed.output).toMatch(new RegExp(`✓ ${check} `));
  }
});

test('the schema is that of a new project', async () => {
  const fresh = await createTestDatabase();
  const [upgraded, wanted] = await Promise.all([scene.database, fresh].map(readCatalog));
  await fresh.drop();
  expect(upgraded).toEqual(wanted);
});

test('every row of the first release is there, with the values it had', async () => {
  expect(before.filter(({ rows }) => rows.length > 0).map(({ name }) => name))
    .toEqual(
      expect.arrayContaining(['calendar_events', 'clients', 'sms_messages', 'webhook_logs']),
    );
  const after = await rowsOf(scene.database, before);
  const kept = (all: Rows[]) => all.filter(({ name }) => !WRITTEN.has(name));
  expect(kept(after)).toEqual(kept(before));
});

test('a booking of the first release moves with its next delivery', async () => {
  const { comingUid } = data;
  const moved = {
    ...booked('uid-moved', 31),
    trigger: 'BOOKING_RESCHEDULED',
    rescheduleUid: comingUid,
    occurredAt: new Date().toISOString(),
    icalUid: `${comingUid}@Cal.com`,
  };
  expect(await deliver(scene.database, moved)).toBe('applied');
  expect(
    await scene.database.query(
      `select start_time, status, salon_id is not null as has_salon, client_id is not null as has_client
       from public.calendar_events where cal_com_event_id = 'uid-moved'`,
    ),
  ).toEqual([{
    start_time: new Date(moved.startTime),
    status: 'scheduled',
    has_salon: true,
    has_client: true,
  }]);
});

test('the clock sends the reminder that is due, and none that the first release sent', async () => {
  const { database, api } = scene;
  const sms = await startFunction('sms-reminders', api, {
    SMS_PROVIDER: 'smsapi',
    SMSAPI_TOKEN,
    SMSAPI_BASE_URL: smsapi.url,
    SMSAPI_CALLBACK_SECRET: 'a-secret-of-some-length',
  });
  const say = () => {};
  stops.push(sms.stop, startNetWorker({ databaseUrl: database.adminUrl, say }).stop);
  const { hasPgCron, port } = clusterInfo();
  if (!hasPgCron) {
    const url = (role: string) => databaseUrl(port, role, database.name);
    stops.push(startScheduler({ url, say }).stop);
  }
  await database.query(
    `select cron.alter_job(jobid, schedule => $1) from cron.job
     where jobname = 'barkbook_sms_reminders'`,
    // Debian's pg_cron knows no seconds.
    [hasPgCron ? '* * * * *' : '1 second'],
  );

  await expect.poll(() => smsapi.messages.map(({ to }) => to), PATIENCE).toEqual(['48600100200']);
  await database.query('select private.call_function($1)', ['sms-reminders']);
  const runs =
    `select count(*)::int as finished from public.sms_runs where finished_at is not null`;
  await expect.poll(
    async () => (await database.query<{ finished: number }>(runs))[0]?.finished,
    PATIENCE,
  )
    .toBeGreaterThan(1);
  expect(smsapi.messages).toHaveLength(1);
  expect(smsapi.messages[0]?.message).toContain('Reksio');
}, 160_000);
