import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyMigrations, createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createBarkbookDatabase } from '../fixtures/barkbook.ts';
import { type Catalog } from '../../../cli/schema/catalog.ts';
import { readCatalog } from '../support/catalog.ts';
import { functionsByExecutors, policies, tableGrants } from '../support/inventory.ts';

const TABLES = [
  'calendar_events',
  'client_pets',
  'clients',
  'pet_visits',
  'pets',
  'salons',
  'webhook_logs',
];

let database: TestDatabase;
let before: Awaited<ReturnType<typeof readState>>;
let payloadsForAnonBefore: number;

beforeAll(async () => {
  database = await createBarkbookDatabase();
  before = await readState();
  payloadsForAnonBefore = await payloadsForAnon();
  await applyMigrations(database);
});
afterAll(() => database.drop());

it('every row is kept', async () => {
  expect(before.rows).toEqual({
    calendar_events: 7,
    client_pets: 2,
    clients: 2,
    pet_visits: 1,
    pets: 2,
    salons: 3,
    webhook_logs: 2,
  });
  expect((await readState()).rows).toEqual(before.rows);
});

it('every appointment is unchanged, except for what breaks a rule', async () => {
  const corrections: Record<string, Record<string, unknown>> = {
    'cross-tenant': { client_id: null, pet_id: null },
    'ends-before-start': { end_time: new Date('2026-09-20T10:00Z'), duration_minutes: 60 },
    'unknown-status': { status: 'pending' },
  };
  const { events } = await readState();
  expect(events).toEqual(
    before.events.map((event) => ({ ...event, ...corrections[`${event['cal_com_event_id']}`] })),
  );
});

it('what a correction replaced is kept', async () => {
  expect(
    await database.query(
      `select v.table_name, coalesce(e.cal_com_event_id, l.cal_com_event_id) as row,
         v.column_name, v.value
       from private.barkbook_values v
       left join calendar_events e on e.id = v.row_id
       left join webhook_logs l on l.id = v.row_id
       order by 1, 2`,
    ),
  ).toEqual([
    {
      table_name: 'calendar_events',
      row: 'ends-before-start',
      column_name: 'end_time',
      value: '2026-09-20 08:00:00+00',
    },
    {
      table_name: 'calendar_events',
      row: 'unknown-status',
      column_name: 'status',
      value: 'rescheduled',
    },
    { table_name: 'webhook_logs', row: 'lost', column_name: 'status', value: 'pending' },
  ]);
});

it('every appointment is registered under its uid', async () => {
  const registered = await database.query(
    `select e.cal_com_event_id, u.booking_uid, u.generation
     from calendar_events e left join calendar_event_uids u on u.event_id = e.id
     order by e.cal_com_event_id`,
  );
  expect(registered).toEqual(
    before.events.map((event) => ({
      cal_com_event_id: event['cal_com_event_id'],
      booking_uid: event['cal_com_event_id'],
      generation: 0,
    })),
  );
});

it('payloads cannot be read with the anon key any more', async () => {
  expect(payloadsForAnonBefore).toBe(2);
  await expect(payloadsForAnon()).rejects.toMatchObject({
    code: '42501',
    message: 'permission denied for table webhook_logs',
  });
});

it('the catalog is that of a new database, apart from what only BarkBook has', async () => {
  const fresh = await createTestDatabase();
  const expected = comparable(await readCatalog(fresh));
  const adopted = comparable(await readCatalog(database));
  await fresh.drop();
  expect(Object.keys(adopted).filter((name) => !(name in expected) && !belongsToApp(name)))
    .toEqual([]);
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, adopted[name]])))
    .toEqual(expected);
});

it('policies and grants are those of a new database', async () => {
  const fresh = await createTestDatabase();
  const isOurs = (line: string) => !line.startsWith('pet_visits ');
  expect((await policies(database)).filter(isOurs)).toEqual(await policies(fresh));
  expect((await tableGrants(database)).filter(isOurs)).toEqual(await tableGrants(fresh));
  expect(await functionsByExecutors(database)).toMatchObject(await functionsByExecutors(fresh));
  await fresh.drop();
});

it("the app's other tables keep the policies they had", async () => {
  expect((await policies(database)).filter((line) => line.startsWith('pet_visits '))).toEqual([
    'pet_visits all to public: Users can manage their visits',
  ]);
});

it('foreign keys keep their names, one for each pair of tables', async () => {
  const after = await foreignKeys();
  expect(after).toEqual(before.foreignKeys);
  expect(after).toEqual([
    'calendar_events_client_id_fkey: calendar_events -> clients',
    'calendar_events_pet_id_fkey: calendar_events -> pets',
    'calendar_events_salon_id_fkey: calendar_events -> salons',
    'client_pets_client_id_fkey: client_pets -> clients',
    'client_pets_pet_id_fkey: client_pets -> pets',
    'clients_salon_id_fkey: clients -> salons',
    'pet_visits_pet_id_fkey: pet_visits -> pets',
    'pet_visits_salon_id_fkey: pet_visits -> salons',
    'pets_salon_id_fkey: pets -> salons',
    'salons_user_id_fkey: salons -> auth.users',
    'webhook_logs_salon_id_fkey: webhook_logs -> salons',
  ]);
});

it('every constraint is validated', async () => {
  const unvalidated = await database.query(
    `select conname from pg_constraint
     where connamespace = 'public'::regnamespace and not convalidated`,
  );
  expect(unvalidated).toEqual([]);
});

it.each([
  ['calendar_events_ends_after_start', `end_time = start_time - interval '1 minute'`],
  ['calendar_events_status_is_valid', `status = 'rescheduled'`],
])('%s holds for every row written from now on', async (constraint, change) => {
  const write = database.query(
    `update calendar_events set ${change} where cal_com_event_id = 'plain'`,
  );
  await expect(write).rejects.toMatchObject({ code: '23514', constraint });
});

/**
 * A catalog in which `varchar`, which BarkBook chose for some columns, and `text` are the same.
 *
 * The two differ in the casts and parentheses of every expression over such a column as well.
 */
function comparable(catalog: Catalog): Catalog {
  return Object.fromEntries(
    Object.entries(catalog).map(([name, text]) => [
      name,
      text
        .replaceAll(/::(character varying|text)(\[\])?/g, '')
        .replaceAll('character varying', 'text')
        .replaceAll(/[()]/g, ''),
    ]),
  );
}

/** What only an adopted database has: a table and a function of the app, and the kept values. */
function belongsToApp(name: string): boolean {
  return /^(table (public\.pet_visits|private\.barkbook_values)|function public\.update_updated_at_column|default privileges in public) ?/
    .test(name);
}

async function readState() {
  const rows: Record<string, number> = {};
  for (const table of TABLES) {
    rows[table] = (await database.query(`select from ${table}`)).length;
  }
  const events = await database.query<Record<string, unknown>>(
    `select id, cal_com_event_id, salon_id, client_id, pet_id, title, start_time, end_time,
       duration_minutes, status, created_at, updated_at, synced_at
     from calendar_events order by cal_com_event_id`,
  );
  return { rows, events, foreignKeys: await foreignKeys() };
}

async function foreignKeys(): Promise<string[]> {
  const keys = await database.query<{ key: string }>(
    `select format('%s: %s -> %s', conname, conrelid::regclass, confrelid::regclass) as key
     from pg_constraint
     where contype = 'f' and conrelid = any ($1::regclass[])
     order by conname`,
    [TABLES],
  );
  return keys.map(({ key }) => key);
}

async function payloadsForAnon(): Promise<number> {
  return await database.as('anon', null, async (client) => {
    const { rows } = await client.query('select payload from webhook_logs');
    return rows.length;
  });
}

it('a database with only some of the tables is refused with what is missing', async () => {
  const incomplete = await createTestDatabase({ template: 'bare' });
  await incomplete.query('create table public.webhook_logs (id uuid primary key)');
  await expect(applyMigrations(incomplete)).rejects.toThrow(/missing: salons, clients, pets/);
  await incomplete.drop();
});
