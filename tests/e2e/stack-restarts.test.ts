import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { childrenOf, survivors } from '../support/process-table.ts';
import { createLocalStack, type LocalStack, START_PATIENCE_MS } from './support/local-stack.ts';

const STOP_DEADLINE_MS = 8_000;

/** The tests run in order, in one working copy. */
let stack: LocalStack;

beforeAll(async () => {
  stack = await createLocalStack();
  await stack.start();
});
afterAll(async () => {
  await stack.remove();
});

async function expectNothingLeftAfter(end: () => void | Promise<void>): Promise<void> {
  const children = await childrenOf(stack.program.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  await end();
  await stack.program.exitCode;
  expect(await survivors(children, STOP_DEADLINE_MS)).toEqual([]);
}

async function countUsers(): Promise<number> {
  const { DB_URL = '' } = await stack.copy.stackEnv();
  return await withClient(DB_URL, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from auth.users where email = 'kept@example.com'",
    );
    return rows.length;
  });
}

test('Ctrl-C leaves no process, and the data and keys survive', async () => {
  const before = await stack.copy.stackEnv();
  await withClient(before.DB_URL ?? '', (client) =>
    client.query(
      "insert into auth.users (id, email) values (gen_random_uuid(), 'kept@example.com')",
    ));

  await expectNothingLeftAfter(() => stack.program.signal('SIGINT'));
  expect(await stack.program.exitCode).toBe(0);
  await stack.start();

  expect(stack.program.output()).not.toContain('Seeding data');
  expect(await countUsers()).toBe(1);
  expect((await stack.copy.stackEnv()).SECRET_KEY).toBe(before.SECRET_KEY);
});

test('kill -9 of the start process leaves no process', async () => {
  await expectNothingLeftAfter(() => stack.program.signal('SIGKILL'));
});

test('an .env that is edited during the start is in stack.env', async () => {
  stack.run();
  await expect.poll(
    async () => (await childrenOf(stack.program.pid)).map(({ command }) => command),
    {
      timeout: START_PATIENCE_MS,
    },
  ).toContainEqual(expect.stringContaining('deno serve'));

  const env = join(stack.copy.dir, 'supabase/functions/.env');
  await writeFile(env, 'CALCOM_WEBHOOK_SECRET=another-secret-of-the-developer\n');
  await stack.ready();

  expect((await stack.copy.stackEnv()).CALCOM_WEBHOOK_SECRET).toBe(
    'another-secret-of-the-developer',
  );
  await rm(env);
});

test('data of another version of the schema is refused in one line', async () => {
  const { DB_URL = '' } = await stack.copy.stackEnv();
  await withClient(
    DB_URL,
    (client) =>
      client.query("insert into supabase_migrations.schema_migrations values ('20200101000000')"),
  );
  stack.program.signal('SIGTERM');
  await stack.program.exitCode;

  stack.run();

  expect(await stack.program.exitCode).toBe(1);
  expect(stack.program.output()).toMatch(
    /^error: the data in \S+\.local was made by another version .* run npm run reset .*\n$/m,
  );
  expect(stack.program.output()).not.toContain('migration');
});

test('reset starts over', async () => {
  expect(await stack.copy.run('reset').exitCode).toBe(0);

  await stack.start();

  expect(stack.program.output()).toContain('Seeding data');
  expect(await countUsers()).toBe(0);
});

test('a stack whose Postgres dies stops with exit code 1', async () => {
  const postgres = (await childrenOf(stack.program.pid)).find(({ command }) =>
    /postgres -D/.test(command)
  );

  await expectNothingLeftAfter(() => void process.kill(postgres?.pid ?? 0, 'SIGKILL'));

  expect(await stack.program.exitCode).toBe(1);
  expect(stack.program.output()).toMatch(/^error: Postgres ended/m);
});

test('a migration that fails is shown and ends the start', async () => {
  const broken = join(stack.copy.dir, 'supabase/migrations/29990101000000_broken.sql');
  await writeFile(broken, 'select * from public.no_such_table;\n');

  stack.run();

  expect(await stack.program.exitCode).toBe(1);
  expect(stack.program.output()).toContain('relation "public.no_such_table" does not exist');
  expect(stack.program.output()).toMatch(/\nerror: the migrations could not be applied/);
});
