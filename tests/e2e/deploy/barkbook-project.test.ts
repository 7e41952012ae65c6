import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkoutMigrations } from '../../../cli/target/checkout.ts';
import { ANNA, createBarkbookDatabase } from '../../database/fixtures/barkbook.ts';
import { type Deployed, type Scene, SMSAPI_TOKEN, startScene } from './scene.ts';

/** BarkBook's own history, older and newer than the migrations of this project. */
const FOREIGN = ['20260101000000', '20991231235959'];

/** A project that BarkBook's app deployed to, with two rules that old rows may break. */
let scene: Scene;
let first: Deployed;

beforeAll(async () => {
  const database = await createBarkbookDatabase();
  await database.query(
    `create schema supabase_migrations;
     create table supabase_migrations.schema_migrations (
       version text primary key, statements text[], name text);
     alter table public.pets
       add constraint pets_name_is_new check (name <> 'Borys') not valid,
       add constraint pets_name_is_there check (name <> '') not valid;
     create table public.app_notes (id integer, note text);
     insert into public.app_notes values (1, 'abc');
     alter table public.app_notes add constraint notes_count check (note::integer > 0) not valid;
     create domain public.app_code as text;
     alter domain public.app_code add constraint code_is_there check (value <> '') not valid`,
  );
  await database.query(
    `insert into supabase_migrations.schema_migrations (version, statements, name)
     select v, array['select 1'], 'barkbook app' from unnest($1::text[]) as v`,
    [FOREIGN],
  );
  scene = await startScene(database);
  first = await scene.deploy([
    ...['--yes', '--sms-provider', 'smsapi', '--keep-sign-up', '--import-from', '2025-01-01'],
  ], {
    env: { SMSAPI_TOKEN, CALCOM_API_KEY: scene.webhooks.apiKey },
  });
}, 120_000);
afterAll(() => scene.stop());

test('migrations of another repository stay, whatever their time', async () => {
  const rows = await scene.database.query<{ version: string }>(
    'select version from supabase_migrations.schema_migrations order by 1',
  );
  const versions = rows.map(({ version }) => version);
  expect(versions).toEqual([
    FOREIGN[0],
    ...(await checkoutMigrations()).map(({ version }) => version),
    FOREIGN[1],
  ]);
});

test('a rule that old rows break is shown with these rows and the remedy', () => {
  expect(first.output).toContain(
    '    app_notes: which rows break notes_count cannot be said (the database refuses: invalid ' +
      'input syntax for type integer: "abc" (22P02)): correct them, then run: alter table ' +
      'app_notes validate constraint notes_count;\n' +
      '    pets: 1 row breaks pets_name_is_new (b0000000-0000-4000-8000-00000000000d): correct it, ' +
      'then run: alter table pets validate constraint pets_name_is_new;\n' +
      '    pets: no row breaks pets_name_is_there any more: run: alter table pets validate ' +
      'constraint pets_name_is_there;\n' +
      '[ 2/13] constraints 3 hold for new rows only, see above\n',
  );
});

test('its salons stay, and no user is invited', async () => {
  expect(
    await scene.database.query(
      `select count(distinct s.id)::int as salons, count(distinct u.id)::int as users,
         bool_or(u.invited_at is not null) as invited
       from public.salons s, auth.users u`,
    ),
  ).toEqual([{ salons: 3, users: 2, invited: false }]);
  expect(first.output).toContain('3 there, 2 without a Cal.com username');
});

test('the salon whose API key is given gets its webhook', () => {
  expect(scene.webhooks.webhooks.map(({ subscriberUrl }) => new URL(subscriberUrl).search))
    .toEqual([`?salon=${ANNA.salonId}`]);
  expect(first.output).toMatch(/webhooks +1 of 1 salons\n/);
});

test('the jobs are scheduled with a worker secret', () => {
  expect(first.output).toMatch(/✓ jobs +7 jobs\n/);
  expect(first.output).toMatch(/✓ Vault +the jobs call/);
});

test('an app in which people sign up keeps that', () => {
  expect(scene.management.authConfig['disable_signup']).toBe(false);
});

test('deploying again changes the worker secret, and nothing else', async () => {
  const { functions, secrets } = scene.management;
  const before = { functions: new Map(functions), secrets: new Map(secrets) };
  const secret = () =>
    scene.database.query(
      `select decrypted_secret from vault.decrypted_secrets where name = 'barkbook_worker_secret'`,
    );
  const old = await secret();

  const { output } = await scene.deploy(['--yes'], { killAfter: '[ 9/13]' });

  expect(output).toContain('[ 1/13] migrations  up to date\n');
  expect(output).toContain('[ 5/13] functions   8 as before\n');
  expect(functions).toEqual(before.functions);
  expect(secrets.get('CALCOM_WEBHOOK_SECRET')).toBe(before.secrets.get('CALCOM_WEBHOOK_SECRET'));
  expect(secrets.get('SMSAPI_CALLBACK_SECRET')).toBe(before.secrets.get('SMSAPI_CALLBACK_SECRET'));
  expect(await secret()).not.toEqual(old);
});

test('no request or answer breaks the official document', () => {
  expect(scene.management.violations).toEqual([]);
});
