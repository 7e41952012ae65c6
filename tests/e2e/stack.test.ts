import { appendFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { DEFAULT_PORTS, freePort, LOOPBACK } from '../../local/setup/ports.ts';
import { SIGNATURE_HEADER, signBody } from '../../shared/calcom/signature.ts';
import { childrenOf, survivors } from '../support/process-table.ts';
import {
  createWorkingCopy,
  type RunningProgram,
  type WorkingCopy,
} from '../support/working-copy.ts';

const STOP_DEADLINE_MS = 8_000;
const START_PATIENCE_MS = 45_000;
const READY = /Ready in [\d.]+ s/;

/** The tests run in order, in one working copy. */
let copy: WorkingCopy;
let stack: RunningProgram;
let port: string;
let occupant: Server;

beforeAll(async () => {
  copy = await createWorkingCopy();
  port = String(await freePort());
  // Somebody has the dashboard's port: another stack, or this server.
  occupant = createServer().on('error', () => {}).listen(DEFAULT_PORTS.dashboard, LOOPBACK);
});

afterAll(async () => {
  stack.signal('SIGTERM');
  await stack.exitCode;
  await copy.remove();
  occupant.close();
});

async function startStack(): Promise<void> {
  stack = copy.run('start', '--port', port);
  await stack.printed(READY, START_PATIENCE_MS);
}

async function expectNothingLeftAfter(end: () => void | Promise<void>): Promise<void> {
  const children = await childrenOf(stack.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  await end();
  await stack.exitCode;
  expect(await survivors(children, STOP_DEADLINE_MS)).toEqual([]);
}

async function countUsers(): Promise<number> {
  const { DB_URL = '' } = await copy.stackEnv();
  return await withClient(DB_URL, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from auth.users where email = 'kept@example.com'",
    );
    return rows.length;
  });
}

async function readSalons(key: string): Promise<Response> {
  const { API_URL } = await copy.stackEnv();
  return await fetch(`${API_URL}/rest/v1/salons?select=name`, { headers: { apikey: key } });
}

async function callWebhook(headers: Record<string, string> = {}): Promise<Response> {
  const { FUNCTIONS_URL } = await copy.stackEnv();
  return await fetch(`${FUNCTIONS_URL}/calcom-webhook`, { method: 'POST', headers, body: '{}' });
}

test('a first start applies migrations and seed and prints the status', async () => {
  await startStack();

  expect(stack.output()).toContain('Seeding data from supabase/seed.sql');
  const status = await copy.stackEnv();
  expect(Object.keys(status).sort()).toEqual([
    'ANON_KEY',
    'API_URL',
    'CALCOM_WEBHOOK_SECRET',
    'DASHBOARD_URL',
    'DB_URL',
    'FUNCTIONS_URL',
    'JWT_SECRET',
    'PUBLISHABLE_KEY',
    'SECRET_KEY',
    'SERVICE_ROLE_KEY',
  ]);
  expect(status.API_URL).toBe(`http://127.0.0.1:${port}`);
  const { mode } = await stat(join(copy.dir, '.local', 'stack.env'));
  expect(mode & 0o777).toBe(0o600);
});

test('a start prints the dashboard and its login first, what to try, and no key', async () => {
  const status = await copy.stackEnv();
  const [, shown = ''] = stack.output().split('\n\nDashboard');

  expect(shown).toContain(`  ${status.DASHBOARD_URL}\n`);
  expect(shown).toMatch(/^ +sign in as katarzyna@barkbook\.example .*\n +password barkbook-demo$/m);
  expect(shown).toMatch(/^Keys +\.local\/stack\.env$/m);
  expect(shown).toMatch(/^Try: npm run calcom -- created --at today$/m);
  expect(stack.output()).toMatch(/^Port 54323 is in use: the dashboard is on \d+\.$/m);
  for (const name of Object.keys(status).filter((name) => /KEY|SECRET/.test(name))) {
    expect(stack.output()).not.toContain(status[name]);
  }
});

test('an edited .env restarts the functions and changes stack.env', async () => {
  const env = join(copy.dir, 'supabase/functions/.env');
  const secret = 'a-secret-of-the-developer';
  await writeFile(env, `CALCOM_WEBHOOK_SECRET=${secret}\n`);
  const signature = await signBody(new TextEncoder().encode('{}'), secret);
  const statusOfSigned = async () => (await callWebhook({ [SIGNATURE_HEADER]: signature })).status;

  await expect.poll(statusOfSigned).toBe(400);
  expect((await copy.stackEnv()).CALCOM_WEBHOOK_SECRET).toBe(secret);
  await rm(env);
  await expect.poll(statusOfSigned).toBe(401);
});

test('an edit restarts the functions although stack.env cannot be written', async () => {
  const stackEnv = join(copy.dir, '.local/stack.env');
  const statusOfUnsigned = async () =>
    (await fetch(`http://127.0.0.1:${port}/functions/v1/calcom-webhook`, { method: 'POST' }))
      .status;
  const env = join(copy.dir, 'supabase/functions/.env');
  await rm(stackEnv);
  await mkdir(stackEnv);
  await writeFile(env, 'CALCOM_WEBHOOK_SECRET=too-short\n');

  await stack.printed(/^Error: EISDIR: .*stack\.env/m);
  await expect.poll(statusOfUnsigned).toBe(500);
  await rm(stackEnv, { recursive: true });
  await rm(env);
  await expect.poll(statusOfUnsigned).toBe(401);
  expect((await copy.stackEnv()).API_URL).toBe(`http://127.0.0.1:${port}`);
});

test('the gateway gives each key its role', async () => {
  const { PUBLISHABLE_KEY = '', ANON_KEY = '', SECRET_KEY = '' } = await copy.stackEnv();

  for (const key of [PUBLISHABLE_KEY, ANON_KEY]) {
    const refused = await readSalons(key);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: '42501' });
  }
  const allowed = await readSalons(SECRET_KEY);
  expect(allowed.status).toBe(200);
  expect(await allowed.json()).not.toEqual([]);
  expect((await readSalons('sb_secret_of_another_project')).status).toBe(401);
});

test('a function restarts after an edit, and its log is shown', async () => {
  expect((await callWebhook()).status).toBe(401);
  await stack.printed(/^calcom-webhook \| \{.*signature_missing/m);

  await appendFile(
    join(copy.dir, 'supabase/functions/calcom-webhook/index.ts'),
    "\nconsole.log('edited');\n",
  );

  await stack.printed(/^calcom-webhook \| edited/m);
  expect((await callWebhook()).status).toBe(401);
});

test.each(['postgrest', 'deno serve'])('a killed %s is restarted', async (command) => {
  const { SECRET_KEY = '' } = await copy.stackEnv();
  const victim = (await childrenOf(stack.pid)).find((child) => child.command.includes(command));

  process.kill(victim?.pid ?? 0, 'SIGKILL');

  await stack.printed(/ended unexpectedly \(SIGKILL\), starting it again/);
  await expect.poll(async () => (await readSalons(SECRET_KEY)).status).toBe(200);
  await expect.poll(async () => (await callWebhook()).status).toBe(401);
});

test('a second start, a reset and a busy port are refused in one line', async () => {
  const second = copy.run('start');
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toMatch(/^error: already running on http:.*stop it first.*\n$/);

  const reset = copy.run('reset');
  expect(await reset.exitCode).toBe(1);
  expect(reset.output()).toMatch(/^error: already running on http:.*stop it first\n$/);

  const other = await createWorkingCopy();
  const busy = other.run('start', '--port', port);
  expect(await busy.exitCode).toBe(1);
  expect(busy.output()).toMatch(new RegExp(`^error: port ${port} is in use: .*\n$`));
  await other.remove();
});

test('Ctrl-C leaves no process, and the data and keys survive', async () => {
  const before = await copy.stackEnv();
  await withClient(before.DB_URL ?? '', (client) =>
    client.query(
      "insert into auth.users (id, email) values (gen_random_uuid(), 'kept@example.com')",
    ));

  await expectNothingLeftAfter(() => stack.signal('SIGINT'));
  expect(await stack.exitCode).toBe(0);
  await startStack();

  expect(stack.output()).not.toContain('Seeding data');
  expect(await countUsers()).toBe(1);
  expect((await copy.stackEnv()).SECRET_KEY).toBe(before.SECRET_KEY);
});

test('kill -9 of the start process leaves no process', async () => {
  await expectNothingLeftAfter(() => stack.signal('SIGKILL'));
});

test('a stack whose Postgres dies stops with exit code 1', async () => {
  await startStack();
  const postgres = (await childrenOf(stack.pid)).find(({ command }) => /postgres -D/.test(command));

  await expectNothingLeftAfter(() => void process.kill(postgres?.pid ?? 0, 'SIGKILL'));

  expect(await stack.exitCode).toBe(1);
  expect(stack.output()).toMatch(/^error: Postgres ended/m);
});

test('reset starts over', async () => {
  expect(await copy.run('reset').exitCode).toBe(0);

  await startStack();

  expect(stack.output()).toContain('Seeding data');
  expect(await countUsers()).toBe(0);
});

test('an .env that is edited during the start is in stack.env', async () => {
  stack.signal('SIGTERM');
  await stack.exitCode;
  stack = copy.run('start', '--port', port);
  await expect.poll(async () => (await childrenOf(stack.pid)).map(({ command }) => command), {
    timeout: START_PATIENCE_MS,
  }).toContainEqual(expect.stringContaining('deno serve'));

  const env = join(copy.dir, 'supabase/functions/.env');
  await writeFile(env, 'CALCOM_WEBHOOK_SECRET=another-secret-of-the-developer\n');
  await stack.printed(READY, START_PATIENCE_MS);

  expect((await copy.stackEnv()).CALCOM_WEBHOOK_SECRET).toBe('another-secret-of-the-developer');
  await rm(env);
});

test('data of another version of the schema is refused in one line', async () => {
  const { DB_URL = '' } = await copy.stackEnv();
  await withClient(
    DB_URL,
    (client) =>
      client.query("insert into supabase_migrations.schema_migrations values ('20200101000000')"),
  );
  stack.signal('SIGTERM');
  await stack.exitCode;

  stack = copy.run('start', '--port', port);

  expect(await stack.exitCode).toBe(1);
  expect(stack.output()).toMatch(
    /^error: the data in \S+\.local was made by another version .* run npm run reset .*\n$/m,
  );
  expect(stack.output()).not.toContain('migration');
  expect(await copy.run('reset').exitCode).toBe(0);
  await startStack();
});

test('a migration that fails is shown and ends the start', async () => {
  stack.signal('SIGTERM');
  await stack.exitCode;
  const broken = join(copy.dir, 'supabase/migrations/29990101000000_broken.sql');
  await writeFile(broken, 'select * from public.no_such_table;\n');

  stack = copy.run('start', '--port', port);

  expect(await stack.exitCode).toBe(1);
  expect(stack.output()).toContain('relation "public.no_such_table" does not exist');
  expect(stack.output()).toMatch(/\nerror: the migrations could not be applied/);
});
