import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Catalog, differences } from '../../../cli/schema/catalog.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readCatalog } from '../support/catalog.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await createTestDatabase();
  // A new owner must be allowed to create in the schema.
  await database.query('grant create on schema private to sms_worker');
  catalog = await readCatalog(database);
});
afterAll(() => database.drop());

/** One change of each kind, and the catalog items that it changes. */
const CHANGES: [change: string, ...items: string[]][] = [
  ['grant usage on schema private to anon', 'schema private grants'],
  [`comment on schema private is 'Other.'`, 'schema private'],
  [
    'alter default privileges in schema public grant select on tables to anon',
    'default privileges in public tables',
  ],
  [
    `create type public.mood as enum ('good', 'bad')`,
    'type public.mood',
    'type public.mood grants',
  ],
  [
    `create domain private.weight as integer check (value > 0)`,
    'type private.weight',
    'type private.weight grants',
  ],
  ['alter table public.pets alter column name drop not null', 'table public.pets column 003 name'],
  [
    'grant select (payload) on public.webhook_logs to authenticated',
    'table public.webhook_logs column 004 payload',
  ],
  ['grant truncate on public.pets to authenticated', 'table public.pets grants'],
  ['alter table public.pets disable row level security', 'table public.pets'],
  ['alter table public.pets set (fillfactor = 70)', 'table public.pets'],
  [
    'alter table public.pets disable trigger keep_key',
    'table public.pets trigger keep_key',
  ],
  [
    `comment on trigger keep_key on public.pets is 'Other.'`,
    'table public.pets trigger keep_key',
  ],
  [
    `comment on index public.pets_salon_id_idx is 'Other.'`,
    'table public.pets index pets_salon_id_idx',
  ],
  [
    `comment on constraint pets_pkey on public.pets is 'Other.'`,
    'table public.pets constraint pets_pkey',
  ],
  [
    `comment on policy "members can add pets" on public.pets is 'Other.'`,
    'table public.pets policy "members can add pets"',
  ],
  [
    'alter policy "members can add pets" on public.pets to authenticated, service_role',
    'table public.pets policy "members can add pets"',
  ],
  ['alter view public.sync_lag set (security_invoker = false)', 'view public.sync_lag'],
  [
    `comment on column public.sync_lag.salon_id is 'Other.'`,
    'view public.sync_lag column 002 salon_id',
  ],
  [
    'grant execute on function private.erased_email() to anon',
    'function private.erased_email() grants',
  ],
  ['alter function private.erased_email() owner to sms_worker', 'function private.erased_email()'],
  ['alter function private.erased_email() security definer', 'function private.erased_email()'],
  [
    `alter function private.erased_email() set search_path = 'public'`,
    'function private.erased_email()',
  ],
  [
    `create or replace function private.erased_email() returns text language sql immutable
       set search_path = '' as $$ select 'other' $$`,
    'function private.erased_email()',
  ],
  [
    'create sequence private.numbers',
    'sequence private.numbers',
    'sequence private.numbers grants',
    'sequence private.numbers options',
  ],
];

it.each(CHANGES)('the catalog detects: %s', async (change, ...items) => {
  const before = catalog;
  await database.query(change);
  catalog = await readCatalog(database);
  expect(differences(before, catalog)).toEqual(items.toSorted());
});
