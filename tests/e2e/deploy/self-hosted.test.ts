import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deploy } from '../../../cli/deploy/deploy.ts';
import { listFunctions } from '../../../local/functions/catalog.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { recordedTerminal } from './recorded-terminal.ts';
import { serveUploaded } from './serve-uploaded.ts';

/** A project in docker compose: a database, its API, and a folder of functions. */
let dir: string;
let database: TestDatabase;
let api: TestApi;
let output: string;
let problem: unknown;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  database = await createTestDatabase({ template: 'bare' });
  api = await startApi(database, { auth: true });
  const terminal = recordedTerminal();
  problem = await deploy(
    [
      ...['--db-url', `${database.url}?sslmode=disable`],
      ...['--functions-url', `${api.url}/functions/v1`, '--functions-dir', join(dir, 'functions')],
      ...['--yes', '--without-sms', '--dashboard-dir', join(dir, 'dashboard')],
      ...['--salon-name', 'Psi Styl', '--owner-email', 'hania@salon.example'],
      ...['--cal-username', 'psi-styl'],
    ],
    terminal.terminal,
    {
      SUPABASE_SECRET_KEY: api.secretKey,
      SUPABASE_PUBLISHABLE_KEY: api.publishableKey,
      OWNER_PASSWORD: 'zapach mokrego psa',
    },
  ).catch((failure: unknown) => failure);
  output = terminal.output();
}, 120_000);
afterAll(async () => {
  await api.stop();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

test('everything is deployed; the doctor finds what docker compose still has to start', () => {
  expect(output).toContain('[12/13] dashboard');
  expect(problem).toBeInstanceOf(SetupProblem);
  expect(String(problem)).toContain('everything is deployed');
});

test('the jobs call the functions at the given address', async () => {
  expect(
    await database.query(
      `select decrypted_secret from vault.decrypted_secrets where name = 'barkbook_functions_url'`,
    ),
  ).toEqual([{ decrypted_secret: `${api.url}/functions/v1` }]);
});

test('the salon and its owner are there', async () => {
  expect(
    await database.query(
      'select s.name, u.email from public.salons s join auth.users u on u.id = s.user_id',
    ),
  ).toEqual([{ name: 'Psi Styl', email: 'hania@salon.example' }]);
});

test('an owner with a password can sign in at once', async () => {
  const { error } = await createClient(api.url, api.publishableKey, {
    auth: { persistSession: false },
  }).auth.signInWithPassword({ email: 'hania@salon.example', password: 'zapach mokrego psa' });
  expect(error).toBeNull();
});

test('the secrets are in a file that only the operator can read', async () => {
  const values = parseEnv(await readFile(join(dir, 'functions', '.env'), 'utf8'));
  expect(Object.keys(values)).toEqual(['CALCOM_WEBHOOK_SECRET']);
});

test('every function is copied', async () => {
  const names = (await listFunctions()).map(({ name }) => name);
  expect(await readdir(join(dir, 'functions'))).toEqual(
    ['.env', '_barkbook', ...names].sort(),
  );
});

test('a copied function runs', async () => {
  const root = join(dir, 'functions');
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const name = 'health';
  const served = await serveUploaded({ root, functionPath: name, name }, {
    SUPABASE_URL: api.url,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: api.secretKey }),
  });
  expect(await (await fetch(served.url)).json()).toMatchObject({ failing: expect.anything() });
  await served.stop();
});
