import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { completeFunctionsEnv } from '../../../cli/env/functions-env.ts';
import { readSupabaseStatus } from '../../../cli/env/supabase-status.ts';

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-env-'));
  file = join(dir, '.env');
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** A CLI that prints this and ends. */
function cli(text: string, exitCode = 0): string[] {
  const program = `console.log(${JSON.stringify(text)}); process.exitCode = ${exitCode};`;
  return [process.execPath, '--eval', program];
}

/** As version 3.1.0 prints it. */
const STATUS = `API_URL="http://127.0.0.1:54321"
ANON_KEY="eyJ.anon"
DB_URL="postgresql://postgres:postgres@127.0.0.1:54322/postgres"
JWT_SECRET="super-secret-jwt-token-with-at-least-32-characters-long"
PUBLISHABLE_KEY="sb_publishable_1"
SECRET_KEY="sb_secret_1"
SERVICE_ROLE_KEY="eyJ.service"
STUDIO_URL="http://127.0.0.1:54323"
`;

describe('the status of supabase start', () => {
  test('gives the addresses and keys that commands use', async () => {
    expect(await readSupabaseStatus(cli(STATUS))).toEqual({
      API_URL: 'http://127.0.0.1:54321',
      FUNCTIONS_URL: 'http://127.0.0.1:54321/functions/v1',
      DB_URL: 'postgresql://postgres:postgres@127.0.0.1:54322/postgres',
      PUBLISHABLE_KEY: 'sb_publishable_1',
      SECRET_KEY: 'sb_secret_1',
      ANON_KEY: 'eyJ.anon',
      SERVICE_ROLE_KEY: 'eyJ.service',
      JWT_SECRET: 'super-secret-jwt-token-with-at-least-32-characters-long',
    });
  });

  test('is missing while it does not run, which one line says', async () => {
    const failed = cli('failed to inspect container health: Is the docker daemon running?\nTry', 1);

    await expect(readSupabaseStatus(failed)).rejects.toThrow(
      /^supabase status failed \(failed to inspect .* running\?\): run npx supabase start first, [^\n]*$/,
    );
  });

  test('of an old CLI lacks keys, which are named', async () => {
    const old = STATUS.replace(/^(PUBLISHABLE|SECRET)_KEY.*\n/gm, '');

    await expect(readSupabaseStatus(cli(old))).rejects.toThrow(
      'supabase status does not name PUBLISHABLE_KEY, SECRET_KEY: run npx supabase start first',
    );
  });
});

describe("the functions' .env", () => {
  test('gets a webhook secret of its own, SMS that are printed, and a clock for rehearsals', async () => {
    const { added, webhookSecret } = await completeFunctionsEnv(file);

    const values = parseEnv(await readFile(file, 'utf8'));
    expect(values).toEqual({
      CALCOM_WEBHOOK_SECRET: webhookSecret,
      SMS_PROVIDER: 'log',
      SMS_ALLOW_FAKE_CLOCK: 'true',
    });
    expect(added.sort()).toEqual(Object.keys(values).sort());
    expect(webhookSecret).toMatch(/^[\w-]{43}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('keeps what the developer wrote, comments included, and even an empty value', async () => {
    const own = '# mine\nCALCOM_WEBHOOK_SECRET="my own secret"\nSMS_PROVIDER=';
    await writeFile(file, own);

    const completed = await completeFunctionsEnv(file);

    expect(await readFile(file, 'utf8')).toBe(`${own}\nSMS_ALLOW_FAKE_CLOCK=true\n`);
    expect(completed).toEqual({ added: ['SMS_ALLOW_FAKE_CLOCK'], webhookSecret: 'my own secret' });
  });

  test('is left alone the second time', async () => {
    const { webhookSecret } = await completeFunctionsEnv(file);
    const before = await readFile(file, 'utf8');

    expect(await completeFunctionsEnv(file)).toEqual({ added: [], webhookSecret });
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
