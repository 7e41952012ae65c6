import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unfilteredWrites } from '../support/unfiltered-writes.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

// Hosted Supabase loads safeupdate for the Data API: there, such a statement fails, in functions
// and triggers too.
it('no function updates or deletes without a WHERE', async () => {
  const functions = await database.query<{ name: string; body: string }>(
    `select p.proname as name, p.prosrc as body from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)`,
  );
  expect(functions.length).toBeGreaterThan(100);
  const found = functions.flatMap(({ name, body }) =>
    unfilteredWrites(body).map((write) => `${name}: ${write}`)
  );
  expect(found).toEqual([]);
});

describe('the search for such statements', () => {
  it.each([
    ['an update', 'update private.retention r set kept_days = 3;', 'update private.retention'],
    ['a deletion', 'begin delete from a.b; end', 'delete a.b'],
    [
      'one in a CTE',
      'with d as (delete from a.b returning 1) select * from d where true;',
      'delete a.b',
    ],
    ['one with a filtered subquery', 'update t set a = (select 1 from u where b);', 'update t'],
    ['one before a filtered one', 'delete from t; delete from u where a;', 'delete t'],
    ['one after a comment', "-- where\nupdate t set a = 'where';", 'update t'],
  ])('finds %s', (_name, body, expected) => {
    expect(unfilteredWrites(body)).toEqual([expected]);
  });

  it.each([
    'update t set a = 1 where b;',
    'with d as (delete from a.b where c returning 1) insert into t select * from d;',
    'delete from t using u where t.a = u.a;',
    'insert into t values (1) on conflict (a) do update set a = 2;',
    'select 1 from t for update; select 1 from t for no key update;',
    "-- delete from t;\nselect 'update t set a = 1';",
    'delete from t where a in (select b from u);',
  ])('accepts: %s', (body) => {
    expect(unfilteredWrites(body)).toEqual([]);
  });
});
