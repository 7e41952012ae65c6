import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFunctions } from '../../../local/functions/catalog.ts';
import { runCommand } from '../../../local/processes/run-command.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { LOOPBACK } from '../../../local/setup/ports.ts';
import { supabaseCommand } from '../../../local/setup/supabase-cli.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';
import { type ServedFunction, serveUploaded } from './serve-uploaded.ts';

const IMPORTED_PACKAGE = /(?:from|import) '(?!node:)([^.'][^']*)'/g;

const functions = (await listFunctions()).map(({ name }) => name);
const running: ServedFunction[] = [];
let dir: string;
let api: ManagementApi;
let database: TestDatabase;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  database = await createTestDatabase({ template: 'bare' });
  api = await startManagementApi({ dir, databaseUrl: database.url });
  const { ok, output } = await runCommand(
    supabaseCommand('functions', 'deploy', '--use-api', `--remote=${PROJECT_REF}`, '--yes'),
    { env: { ...process.env, ...api.env } },
  );
  if (!ok) throw new Error(output);
  for (const [name, { files }] of api.functions) await unpack(files, join(dir, name));
});

afterAll(async () => {
  await Promise.all(running.map((process) => process.stop()));
  await api.stop();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

/** Writes the uploaded files, and nothing else of this project, into a folder. */
async function unpack(files: ReadonlyMap<string, string>, root: string): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  // Hosted Supabase downloads the packages of deno.json; here they are linked.
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
}

/** Serves an unpacked function, and returns its address. */
async function serve(name: string, env: Record<string, string>): Promise<string> {
  const functionPath = join('supabase', 'functions', name);
  const served = await serveUploaded({ root: join(dir, name), functionPath, name }, env);
  running.push(served);
  return served.url;
}

test('every function is uploaded', () => {
  expect([...api.functions.keys()].sort()).toEqual([...functions].sort());
});

test.each(functions)('%s starts from what was uploaded alone', async (name) => {
  expect(await serve(name, {})).toMatch(/^http:/);
});

test('calcom-webhook works from what was uploaded', async () => {
  const url = await serve('calcom-webhook', {
    CALCOM_WEBHOOK_SECRET: 'a secret of the test',
    SUPABASE_URL: `http://${LOOPBACK}:1`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: 'sb_secret_of_the_test' }),
  });

  expect((await fetch(url)).status).toBe(405);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
});

test('sms-reminders works from what was uploaded', async () => {
  const url = await serve('sms-reminders', {
    SMS_PROVIDER: 'log',
    SUPABASE_URL: `http://${LOOPBACK}:1`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: 'sb_secret_of_the_test' }),
  });
  const call = (apikey: string) => fetch(url, { method: 'POST', headers: { apikey } });

  expect((await call('sb_secret_of_another_project')).status).toBe(401);
  expect(await (await call('sb_secret_of_the_test')).json())
    .toMatchObject({ code: 'database_unavailable' });
});

test('calendar-feed works from what was uploaded', async () => {
  const url = await serve('calendar-feed', {
    SUPABASE_URL: `http://${LOOPBACK}:1`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: 'sb_secret_of_the_test' }),
  });

  expect((await fetch(`${url}/no-token.ics`)).status).toBe(404);
  expect((await fetch(`${url}/${'0'.repeat(64)}.ics`)).status).toBe(503);
});

test('appointments works from what was uploaded', async () => {
  const url = await serve('appointments', {
    SUPABASE_URL: `http://${LOOPBACK}:1`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: 'sb_secret_of_the_test' }),
  });
  const body = JSON.stringify({ action: 'event_types', salonId: crypto.randomUUID() });
  const call = (headers: Record<string, string>) => fetch(url, { method: 'POST', headers, body });

  expect((await call({})).status).toBe(401);
  expect((await call({ authorization: 'Bearer a.b.c' })).status).toBe(503);
});

test('sms-status works from what was uploaded', async () => {
  const url = await serve('sms-status', {
    SMSAPI_CALLBACK_SECRET: 'a-secret-of-the-test',
    SUPABASE_URL: `http://${LOOPBACK}:1`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: 'sb_secret_of_the_test' }),
  });

  expect((await fetch(`${url}/smsapi/another-secret`)).status).toBe(404);
});

// Deno finds any package in node_modules, so a missing entry would fail only when hosted.
test.each(functions)('%s imports only packages that its deno.json names', (name) => {
  const files = api.functions.get(name)?.files ?? new Map<string, string>();
  const { imports } = JSON.parse(files.get(`supabase/functions/${name}/deno.json`) ?? '{}');
  const isNamed = (specifier: string) =>
    Object.keys(imports).some((key) =>
      key.endsWith('/') ? specifier.startsWith(key) : specifier === key
    );
  const sources = [...files].filter(([path]) => path.endsWith('.ts')).map(([, text]) => text);
  const packages = sources.flatMap((text) =>
    [...text.matchAll(IMPORTED_PACKAGE)].map(([, name]) => name)
  );

  expect(packages).not.toEqual([]);
  expect(packages.filter((name) => !isNamed(name ?? ''))).toEqual([]);
});

test('no request or answer breaks the official document', () => {
  expect(api.violations).toEqual([]);
});
