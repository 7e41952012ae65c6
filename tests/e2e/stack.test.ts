import { appendFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PORTS, LOOPBACK } from '../../local/setup/ports.ts';
import { SIGNATURE_HEADER, signBody } from '../../shared/calcom/signature.ts';
import { childrenOf } from '../support/process-table.ts';
import { createWorkingCopy } from '../support/working-copy.ts';
import { createLocalStack, type LocalStack } from './support/local-stack.ts';

/** The tests run in order, in one working copy. */
let stack: LocalStack;
let occupant: Server;

beforeAll(async () => {
  // Somebody has the dashboard's port: another stack, or this server.
  occupant = createServer().on('error', () => {}).listen(DEFAULT_PORTS.dashboard, LOOPBACK);
  stack = await createLocalStack();
});
afterAll(async () => {
  await stack.remove();
  occupant.close();
});

async function readSalons(key: string): Promise<Response> {
  const { API_URL } = await stack.copy.stackEnv();
  return await fetch(`${API_URL}/rest/v1/salons?select=name`, { headers: { apikey: key } });
}

async function callWebhook(headers: Record<string, string> = {}): Promise<Response> {
  const { FUNCTIONS_URL } = await stack.copy.stackEnv();
  return await fetch(`${FUNCTIONS_URL}/calcom-webhook`, { method: 'POST', headers, body: '{}' });
}

test('a first start applies migrations and seed and prints the status', async () => {
  await stack.start();

  expect(stack.program.output()).toContain('Seeding data from supabase/seed.sql');
  const status = await stack.copy.stackEnv();
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
  expect(status.API_URL).toBe(`http://127.0.0.1:${stack.port}`);
  const { mode } = await stat(join(stack.copy.dir, '.local', 'stack.env'));
  expect(mode & 0o777).toBe(0o600);
});

test('a start prints the dashboard and its login first, what to try, and no key', async () => {
  const status = await stack.copy.stackEnv();
  const [, shown = ''] = stack.program.output().split('\n\nDashboard');

  expect(shown).toContain(`  ${status.DASHBOARD_URL}\n`);
  expect(shown).toMatch(/^ +sign in as katarzyna@barkbook\.example .*\n +password barkbook-demo$/m);
  expect(shown).toMatch(/^Keys +\.local\/stack\.env$/m);
  expect(shown).toMatch(/^Try: npm run calcom -- created --at today$/m);
  expect(stack.program.output()).toMatch(/^Port 54323 is in use: the dashboard is on \d+\.$/m);
  for (const name of Object.keys(status).filter((name) => /KEY|SECRET/.test(name))) {
    expect(stack.program.output()).not.toContain(status[name]);
  }
});

test('an edited .env restarts the functions and changes stack.env', async () => {
  const env = join(stack.copy.dir, 'supabase/functions/.env');
  const secret = 'a-secret-of-the-developer';
  await writeFile(env, `CALCOM_WEBHOOK_SECRET=${secret}\n`);
  const signature = await signBody(new TextEncoder().encode('{}'), secret);
  const statusOfSigned = async () => (await callWebhook({ [SIGNATURE_HEADER]: signature })).status;

  await expect.poll(statusOfSigned).toBe(400);
  expect((await stack.copy.stackEnv()).CALCOM_WEBHOOK_SECRET).toBe(secret);
  await rm(env);
  await expect.poll(statusOfSigned).toBe(401);
});

test('an edit restarts the functions although stack.env cannot be written', async () => {
  const stackEnv = join(stack.copy.dir, '.local/stack.env');
  const statusOfUnsigned = async () =>
    (await fetch(`http://127.0.0.1:${stack.port}/functions/v1/calcom-webhook`, { method: 'POST' }))
      .status;
  const env = join(stack.copy.dir, 'supabase/functions/.env');
  await rm(stackEnv);
  await mkdir(stackEnv);
  await writeFile(env, 'CALCOM_WEBHOOK_SECRET=too-short\n');

  await stack.program.printed(/^Error: EISDIR: .*stack\.env/m);
  await expect.poll(statusOfUnsigned).toBe(500);
  await rm(stackEnv, { recursive: true });
  await rm(env);
  await expect.poll(statusOfUnsigned).toBe(401);
  expect((await stack.copy.stackEnv()).API_URL).toBe(`http://127.0.0.1:${stack.port}`);
});

test('the gateway gives each key its role', async () => {
  const { PUBLISHABLE_KEY = '', ANON_KEY = '', SECRET_KEY = '' } = await stack.copy.stackEnv();

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
  await stack.program.printed(/^calcom-webhook \| \{.*signature_missing/m);

  await appendFile(
    join(stack.copy.dir, 'supabase/functions/calcom-webhook/index.ts'),
    "\nconsole.log('edited');\n",
  );

  await stack.program.printed(/^calcom-webhook \| edited/m);
  expect((await callWebhook()).status).toBe(401);
});

test.each(['postgrest', 'deno serve'])('a killed %s is restarted', async (command) => {
  const { SECRET_KEY = '' } = await stack.copy.stackEnv();
  const victim = (await childrenOf(stack.program.pid)).find((child) =>
    child.command.includes(command)
  );

  process.kill(victim?.pid ?? 0, 'SIGKILL');

  await stack.program.printed(/ended unexpectedly \(SIGKILL\), starting it again/);
  await expect.poll(async () => (await readSalons(SECRET_KEY)).status).toBe(200);
  await expect.poll(async () => (await callWebhook()).status).toBe(401);
});

test('a second start, a reset and a busy port are refused in one line', async () => {
  const second = stack.copy.run('start');
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toMatch(/^error: already running on http:.*stop it first.*\n$/);

  const reset = stack.copy.run('reset');
  expect(await reset.exitCode).toBe(1);
  expect(reset.output()).toMatch(/^error: already running on http:.*stop it first\n$/);

  const other = await createWorkingCopy();
  const busy = other.run('start', '--port', stack.port);
  expect(await busy.exitCode).toBe(1);
  expect(busy.output()).toMatch(new RegExp(`^error: port ${stack.port} is in use: .*\n$`));
  await other.remove();
});
