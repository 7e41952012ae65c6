import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { createSeededDatabase, seed } from '../../e2e/support/seeded-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createSeededDatabase();
});
afterAll(() => database.drop());

/** Columns that models/user.go of supabase/auth reads into types that cannot be null. */
const NEVER_NULL = [
  'aud',
  'role',
  'confirmation_token',
  'recovery_token',
  'email_change_token_current',
  'email_change_token_new',
  'email_change',
  'email_change_confirm_status',
  'phone_change_token',
  'phone_change',
  'reauthentication_token',
  'created_at',
  'updated_at',
];

it('Supabase Auth finds the demo users, since they belong to its instance', async () => {
  const users = await database.query(
    `select email from auth.users
     where instance_id = '00000000-0000-0000-0000-000000000000' and aud = 'authenticated'
       and email = lower(email) and not is_sso_user and confirmed_at is not null
     order by email`,
  );
  expect(users.map(({ email }) => email)).toEqual([
    'james@barkbook.example',
    'katarzyna@barkbook.example',
    'ola@barkbook.example',
  ]);
});

it.each(NEVER_NULL)('no demo user has a %s that Supabase Auth cannot read', async (column) => {
  expect(await database.query(`select from auth.users where ${column} is null`)).toEqual([]);
});

it('the demo users have passwords that Supabase Auth can compare', async () => {
  expect(
    await database.query(
      `select from auth.users
       where encrypted_password !~ '^\\$2a\\$'
         or encrypted_password <> extensions.crypt('barkbook-demo', encrypted_password)`,
    ),
  ).toEqual([]);
});

it('each demo user has an identity with a confirmed e-mail address', async () => {
  expect(
    await database.query(
      `select u.email
       from auth.users u
       join auth.identities i on i.user_id = u.id and i.provider = 'email'
         and i.provider_id = u.id::text and i.email = u.email
         and i.identity_data ->> 'sub' = u.id::text
         and i.identity_data -> 'email_verified' = 'true'
         and i.created_at is not null and i.updated_at is not null`,
    ),
  ).toHaveLength(3);
});

it('running the seed twice changes nothing', async () => {
  const rows = () =>
    database.query(
      `select to_jsonb(u) as user, to_jsonb(i) as identity
       from auth.users u join auth.identities i on i.user_id = u.id order by u.id`,
    );
  const before = await rows();
  await seed(database);
  expect(await rows()).toEqual(before);
});
