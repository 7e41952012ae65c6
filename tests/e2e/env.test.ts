import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../local/processes/run-command.ts';
import { projectRoot } from '../../local/setup/paths.ts';

/** Prints what version 3.1.0 of the CLI does for `supabase status -o env`. */
const CLI = `console.log(\`API_URL="http://127.0.0.1:54321"
ANON_KEY="eyJ.anon"
DB_URL="postgresql://postgres:postgres@127.0.0.1:54322/postgres"
JWT_SECRET="super-secret-jwt-token-with-at-least-32-characters-long"
PUBLISHABLE_KEY="sb_publishable_1"
SECRET_KEY="sb_secret_1"
SERVICE_ROLE_KEY="eyJ.service"\`);
`;

/** A checkout whose Supabase CLI answers as if \`supabase start\` had run. */
let checkout: string;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'barkbook-env-'));
  for (const name of ['cli', 'local', 'shared', 'package.json']) {
    await cp(join(projectRoot, name), join(checkout, name), { recursive: true });
  }
  await mkdir(join(checkout, 'supabase', 'functions'), { recursive: true });
  const launcher = join(checkout, 'node_modules', 'supabase', 'dist');
  await mkdir(launcher, { recursive: true });
  await writeFile(join(launcher, 'supabase.js'), CLI);
  await symlink(join(projectRoot, 'node_modules', 'jose'), join(checkout, 'node_modules', 'jose'));
});
afterAll(() => rm(checkout, { recursive: true, force: true }));

test('after supabase start, functions and commands get what they need', async () => {
  const { ok, output } = await runCommand(
    [process.execPath, join(checkout, 'cli', 'env', 'main.ts'), '--supabase'],
    { env: { PATH: process.env.PATH } },
  );

  expect(output).toMatch(/^supabase\/functions\/\.env got CALCOM_WEBHOOK_SECRET, SMS_PROVIDER, /);
  expect(output).toContain("setup_schedules('http://api.supabase.internal:8000/functions/v1')");
  expect(ok).toBe(true);
  const own = parseEnv(await readFile(join(checkout, 'supabase/functions/.env'), 'utf8'));
  const stack = parseEnv(await readFile(join(checkout, '.local/stack.env'), 'utf8'));
  expect(stack).toMatchObject({
    API_URL: 'http://127.0.0.1:54321',
    SECRET_KEY: 'sb_secret_1',
    CALCOM_WEBHOOK_SECRET: own.CALCOM_WEBHOOK_SECRET,
  });
});
