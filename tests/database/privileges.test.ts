import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { policies, relationsWhere, tableGrants } from './support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('these are the tables, and every one is under row level security', async () => {
  expect(await relationsWhere(database, `c.relkind in ('r', 'p') and c.relrowsecurity`)).toEqual([
    'calendar_event_uids',
    'calendar_events',
    'client_pets',
    'clients',
    'pets',
    'salon_members',
    'salons',
    'webhook_logs',
  ]);
  expect(await relationsWhere(database, `c.relkind in ('r', 'p') and not c.relrowsecurity`))
    .toEqual([]);
});

it('there is no view, sequence, or foreign table', async () => {
  expect(await relationsWhere(database, `c.relkind in ('v', 'm', 'S', 'f')`)).toEqual([]);
});

it('these are the policies', async () => {
  expect(await policies(database)).toEqual([
    "calendar_events select to authenticated: members can see their salon's events",
    'calendar_events update to authenticated: members can assign client and pet',
    'client_pets delete to authenticated: members can take a pet from a client',
    'client_pets insert to authenticated: members can give a pet to a client of the same salon',
    'client_pets select to authenticated: members can see whose pet it is',
    'clients delete to authenticated: members can delete their clients',
    'clients insert to authenticated: members can add clients',
    'clients select to authenticated: members can see their clients',
    'clients update to authenticated: members can edit their clients',
    'pets delete to authenticated: members can delete their pets',
    'pets insert to authenticated: members can add pets',
    'pets select to authenticated: members can see their pets',
    'pets update to authenticated: members can edit their pets',
    'salon_members delete to authenticated: owners can remove members, and members can leave',
    'salon_members insert to authenticated: owners can add members',
    'salon_members select to authenticated: members can see who works with them',
    "salon_members update to authenticated: owners can change a member's role",
    'salons insert to authenticated: a user can sign up a salon of their own',
    'salons select to authenticated: members can see their salon',
    'salons update to authenticated: owners can edit their salon',
    "webhook_logs select to authenticated: members can see their salon's deliveries",
  ]);
});

it('these are the grants on tables and columns', async () => {
  expect(await tableGrants(database)).toEqual([
    'calendar_event_uids to service_role: delete, insert, select, update',
    'calendar_events to authenticated: select, update (client_id, pet_id)',
    'calendar_events to service_role: delete, insert, select, update',
    'client_pets to authenticated: delete, insert, select',
    'client_pets to service_role: delete, insert, select, update',
    'clients to authenticated: delete, insert, select, update',
    'clients to service_role: delete, insert, select, update',
    'pets to authenticated: delete, insert, select, update',
    'pets to service_role: delete, insert, select, update',
    'salon_members to authenticated: delete, insert, select, update (role)',
    'salon_members to service_role: delete, insert, select, update',
    'salons to authenticated: insert (address, id, name, nip, timezone, user_id), select, ' +
    'update (address, name, nip, timezone)',
    'salons to service_role: delete, insert, select, update',
    'webhook_logs to authenticated: select (action, attempts, cal_com_event_id, created_at, ' +
    'duration_ms, error_message, id, next_attempt_at, occurred_at, processed_at, salon_id, ' +
    'status, warnings, webhook_type)',
    'webhook_logs to service_role: delete, insert, select, update',
  ]);
});

it('the private schema is open to service_role only', async () => {
  expect(
    await database.query(
      `select role, has_schema_privilege(role, 'private', 'usage') as uses,
         has_schema_privilege(role, 'private', 'create') as creates
       from unnest(array['anon', 'authenticated', 'service_role']) as roles (role)`,
    ),
  ).toEqual([
    { role: 'anon', uses: false, creates: false },
    { role: 'authenticated', uses: false, creates: false },
    { role: 'service_role', uses: true, creates: false },
  ]);
});

it('every foreign key leads an index', async () => {
  const withoutIndex = await database.query(
    `select k.conrelid::regclass::text as "table", k.conname as key
     from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace
       and not exists (
         select from pg_index i
         where i.indrelid = k.conrelid and i.indpred is null and i.indisvalid
           and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey
       )`,
  );
  expect(withoutIndex).toEqual([]);
});
