import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCatalog } from '../../../cli/schema/catalog.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { applyMigrations, createTestDatabase, type TestDatabase } from '../../support/database.ts';

/**
 * What projects made before October 2026 grant on each new object in `public`, from
 * 00000000000000-initial-schema.sql of supabase/postgres.
 */
const OLD_DEFAULTS = ['tables', 'functions', 'sequences'].map((kind) =>
  `alter default privileges in schema public
     grant all on ${kind} to postgres, anon, authenticated, service_role`
);

let older: TestDatabase;
let newer: TestDatabase;

beforeAll(async () => {
  newer = await createTestDatabase();
  older = await createTestDatabase({ template: 'bare' });
  for (const statement of OLD_DEFAULTS) await older.query(statement);
});
afterAll(async () => {
  await older.drop();
  await newer.drop();
});

const catalogOf = ({ url }: TestDatabase) => withClient(url, readCatalog);

it('an older project has exactly the privileges of a new one, object by object', async () => {
  await applyMigrations(older);
  const { ...ours } = await catalogOf(older);
  const defaults = Object.keys(ours).filter((name) => name.startsWith('default privileges'));
  expect(defaults.sort()).toEqual([
    'default privileges in public functions',
    'default privileges in public sequences',
    'default privileges in public tables',
  ]);
  for (const name of defaults) delete ours[name];
  expect(ours).toEqual(await catalogOf(newer));
});

it('a table that the app creates later still gets the grants of its project', async () => {
  const readers = async (database: TestDatabase) => {
    await database.query('create table public.of_the_app (id integer)');
    return await database.query(
      `select role from unnest(array['anon', 'authenticated', 'service_role']) as roles (role)
       where has_table_privilege(role, 'public.of_the_app', 'select')`,
    );
  };
  expect(await readers(older)).toHaveLength(3);
  expect(await readers(newer)).toEqual([]);
});
