import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

// Only a write that reads a column is limited by the policy for reading as well.
let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterAll(() => database.drop());

/** How the rows of a salon are found, of tables without its id. */
const OF_SALON: Readonly<Record<string, string>> = {
  salons: 'id = $1',
  client_pets: 'client_id in (select id from public.clients where salon_id = $1)',
};

/** Writes as our owner without a condition, and gives their rows before and after; keeps nothing. */
async function write(table: string, statement: string) {
  const read = `select to_jsonb(t) as row from public.${table} t
    where ${OF_SALON[table] ?? 'salon_id = $1'} order by t::text`;
  const undone = new Error('undone');
  let found = { before: [] as unknown[], after: [] as unknown[] };
  await database.as('authenticated', ours.ownerId, async (client) => {
    await client.query('set local role postgres');
    const { rows: before } = await client.query(read, [theirs.salonId]);
    await client.query('set local role authenticated');
    await client.query(statement);
    await client.query('reset role');
    const { rows: after } = await client.query(read, [theirs.salonId]);
    found = { before, after };
    throw undone;
  }).catch((failure: unknown) => {
    if (failure !== undone) throw failure;
  });
  return found;
}

it.each([
  'calendar_feeds',
  'client_pets',
  'clients',
  'pets',
  'salon_invitations',
  'salon_members',
  'sms_opt_outs',
])('a deletion of all %s leaves those of other salons', async (table) => {
  if (table === 'salon_invitations') {
    await database.query(
      `insert into public.salon_invitations (salon_id, email, role)
       select id, 'ktos@poczta.example', 'staff' from public.salons`,
    );
  }
  const { before, after } = await write(table, `delete from public.${table}`);
  expect(before.length).toBeGreaterThan(0);
  expect(after).toEqual(before);
});

it.each([
  ['calendar_events', 'pet_id = null'],
  ['calendar_feeds', 'shows_clients = true'],
  ['clients', `address = 'ul. Polna 1'`],
  ['pets', `notes = 'Gryzie'`],
  ['salon_members', `role = 'owner'`],
  ['salons', `address = 'ul. Polna 1'`],
  ['sms_inbox', 'read_at = now()'],
  ['sms_settings', `language = 'en'`],
])('a change of all %s leaves those of other salons', async (table, change) => {
  const { before, after } = await write(table, `update public.${table} set ${change}`);
  expect(before.length).toBeGreaterThan(0);
  expect(after).toEqual(before);
});
