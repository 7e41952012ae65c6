import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { databaseUrl } from '../../local/postgres/logins.ts';
import { setUpSchedules } from '../../local/postgres/schedules.ts';
import { startScheduler } from '../../local/stand-ins/cron/scheduler.ts';
import { startNetWorker } from '../../local/stand-ins/net/net-worker.ts';
import { clusterInfo } from '../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpReceiver, startReceiver } from './support/http-receiver.ts';

const PATIENCE = { timeout: 8_000, interval: 50 };

let database: TestDatabase;
let functions: HttpReceiver;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  functions = await startReceiver();
});

afterAll(async () => {
  for (const stop of stops) await stop();
  functions.stop();
  await database.drop();
});

const secrets = async () =>
  await database.query<{ name: string; secret: string }>(
    'select name, decrypted_secret as secret from vault.decrypted_secrets order by name',
  );

test('a second set-up updates the address, replaces the secret and adds nothing', async () => {
  await setUpSchedules(database.url, 'http://old.example');
  const before = await secrets();
  await setUpSchedules(database.url, functions.url);

  const after = await secrets();
  expect(after).toEqual([
    { name: 'barkbook_functions_url', secret: functions.url },
    { name: 'barkbook_worker_secret', secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(after[1]?.secret).not.toBe(before[1]?.secret);
  expect(await database.query('select jobname, username from cron.job order by 1')).toEqual([
    { jobname: 'barkbook_alerts', username: 'postgres' },
    { jobname: 'barkbook_calcom_sync', username: 'postgres' },
    { jobname: 'barkbook_complete', username: 'postgres' },
    { jobname: 'barkbook_erase', username: 'postgres' },
    { jobname: 'barkbook_retry', username: 'postgres' },
    { jobname: 'barkbook_sms_reminders', username: 'postgres' },
    { jobname: 'barkbook_trim', username: 'postgres' },
  ]);
});

test('every job runs, and those for functions call them with the secret', async () => {
  const secret = (await secrets())[1]?.secret;
  await withClient(
    database.adminUrl,
    (client) => client.query("update cron.job set schedule = '1 second'"),
  );
  const say = () => {};
  stops.push(
    startScheduler({ url: (role) => databaseUrl(clusterInfo().port, role, database.name), say })
      .stop,
    startNetWorker({ databaseUrl: database.adminUrl, say }).stop,
  );

  for (const path of ['/sms-reminders', '/calcom-sync']) {
    await expect.poll(() => functions.requestsTo(path).at(0), PATIENCE)
      .toMatchObject({ method: 'POST', headers: { 'x-worker-secret': secret }, body: '{}' });
  }
  await expect.poll(() =>
    database.query(
      `select distinct jobname, status, return_message
       from cron.job join cron.job_run_details using (jobid)
       where status not in ('starting', 'running') order by 1`,
    ), PATIENCE).toEqual([
      { jobname: 'barkbook_alerts', status: 'succeeded', return_message: '1 row' },
      { jobname: 'barkbook_calcom_sync', status: 'succeeded', return_message: '1 row' },
      { jobname: 'barkbook_complete', status: 'succeeded', return_message: 'DO' },
      { jobname: 'barkbook_erase', status: 'succeeded', return_message: 'DO' },
      { jobname: 'barkbook_retry', status: 'succeeded', return_message: 'DO' },
      { jobname: 'barkbook_sms_reminders', status: 'succeeded', return_message: '1 row' },
      { jobname: 'barkbook_trim', status: 'succeeded', return_message: 'DO' },
    ]);
});
