import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { databaseUrl } from '../../local/postgres/logins.ts';
import { freePort, LOOPBACK } from '../../local/setup/ports.ts';
import { type Scheduler, startScheduler } from '../../local/stand-ins/cron/scheduler.ts';
import { clusterInfo } from '../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const PATIENCE = { timeout: 8_000, interval: 50 };
const PROMPT_MS = 1_000;

let database: TestDatabase;
let scheduler: Scheduler;
const said: string[] = [];
const say = (line: string) => void said.push(line);

beforeAll(async () => {
  database = await createTestDatabase({ template: 'bare' });
  await asSuperuser(
    `insert into cron.job_run_details (database, command, status)
     values (current_database(), 'of the run before', 'running')`,
  );
  await schedule('endless', 'select pg_sleep(60)');
  scheduler = startScheduler({
    url: (role) => databaseUrl(clusterInfo().port, role, database.name),
    say,
  });
});

afterAll(async () => {
  await scheduler.stop();
  await database.drop();
});

async function asSuperuser(statement: string): Promise<void> {
  await withClient(database.adminUrl, (client) => client.query(statement));
}

async function schedule(name: string, command: string): Promise<void> {
  await database.query(`select cron.schedule($1, '1 second', $2)`, [name, command]);
}

async function runs(command: string): Promise<Record<string, unknown>[]> {
  return await database.query(
    `select database, username, status, return_message, job_pid > 0 as has_pid,
       end_time >= start_time as has_times
     from cron.job_run_details where command = $1 order by runid`,
    [command],
  );
}

async function firstEnd(command: string): Promise<Record<string, unknown> | undefined> {
  return (await runs(command)).find(({ status }) => status === 'succeeded' || status === 'failed');
}

describe.concurrent('the jobs', () => {
  test('run in a session of their user and are recorded', async ({ expect }) => {
    const command = 'create table public.ran as select session_user as who';
    await schedule('mine', command);

    await expect.poll(() => firstEnd(command), PATIENCE).toEqual({
      database: database.name,
      username: 'postgres',
      status: 'succeeded',
      return_message: 'SELECT 1',
      has_pid: true,
      has_times: true,
    });
    expect(await database.query('select who from public.ran')).toEqual([{ who: 'postgres' }]);
  });

  test('run as the role of their row, or fail if it may not log in', async ({ expect }) => {
    await asSuperuser(
      `insert into cron.job (schedule, command, username)
       values ('1 second', 'select 1 / (session_user = ''supabase_admin'')::int', 'supabase_admin'),
         ('1 second', 'select session_user', 'service_role')`,
    );

    await expect
      .poll(() => firstEnd(`select 1 / (session_user = 'supabase_admin')::int`), PATIENCE)
      .toMatchObject({ username: 'supabase_admin', status: 'succeeded', return_message: '1 row' });
    await expect.poll(() => firstEnd('select session_user'), PATIENCE)
      .toMatchObject({ username: 'service_role', status: 'failed', has_pid: null });
  });

  test('that fail have a message, are reported, and do not delay others', async ({ expect }) => {
    const message = 'ERROR:  relation "public.no_such_table" does not exist';
    await schedule('broken', 'select * from public.no_such_table');
    await asSuperuser(`insert into cron.job (jobname, schedule, command) values ('odd', 'x', 'y')`);
    await schedule('sound', `select 'sound'`);

    await expect.poll(() => firstEnd('select * from public.no_such_table'), PATIENCE)
      .toMatchObject({ status: 'failed', return_message: message, has_times: true });
    await expect.poll(() => firstEnd(`select 'sound'`), PATIENCE)
      .toMatchObject({ status: 'succeeded' });
    expect(said).toContain(`cron | broken failed: ${message}`);
    expect(said.filter((line) => line.includes('odd'))).toEqual([
      "cron | odd never runs: 'x' is not a schedule",
    ]);
  });

  test('may commit, run again and again, and never twice at once', async ({ expect }) => {
    await database.query(`
      create table public.steps (step text);
      create procedure public.slow() language plpgsql as $$
      begin
        insert into public.steps values ('begun');
        commit;
        perform pg_sleep(1.2);
        insert into public.steps values ('ended');
      end; $$`);
    const steps = async () => (await database.query('table public.steps')).map(({ step }) => step);
    await schedule('slow', 'call public.slow()');

    await expect.poll(steps, PATIENCE).toEqual(['begun']);
    await expect.poll(steps, PATIENCE).toEqual(['begun', 'ended', 'begun']);
  });

  test('that ended with the server are recorded as failed', async ({ expect }) => {
    await expect.poll(() => runs('of the run before'), PATIENCE)
      .toMatchObject([{ status: 'failed', return_message: 'server restarted' }]);
  });

  test('of an unreachable database are reported once, and stop immediately', async ({ expect }) => {
    const port = await freePort();
    const lines: string[] = [];
    const lost = startScheduler({
      url: (role) => databaseUrl(port, role),
      say: (line) => void lines.push(line),
    });
    await sleep(2_100);
    await lost.stop();

    expect(lines).toEqual([`cron | connect ECONNREFUSED ${LOOPBACK}:${port}; trying again`]);
  });
});

test('lost connections are reopened, and an interrupted job runs again', async () => {
  await asSuperuser(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and (usename = 'supabase_admin' or application_name = 'pg_cron')`,
  );

  await expect.poll(() => runs('select pg_sleep(60)'), PATIENCE)
    .toMatchObject([{ status: 'failed' }, { status: 'running' }]);
});

test('stopping aborts running jobs and records them as failed', async () => {
  const startedAt = performance.now();
  await scheduler.stop();

  expect(performance.now() - startedAt).toBeLessThan(PROMPT_MS);
  expect(await runs('select pg_sleep(60)')).toMatchObject([
    { status: 'failed' },
    { status: 'failed', return_message: 'Connection terminated' },
  ]);
});
