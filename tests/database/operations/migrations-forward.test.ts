import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, migrationFiles, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, upsertArguments } from '../support/booking.ts';
import { type Catalog, readCatalog } from '../support/catalog.ts';

/** The last migration of each state of this project that others may have deployed. */
const LANDED = ['20261123090700', '20261123101100'];

/** A salon of the seed. */
const USERNAME = 'psi-styl';

const files = await migrationFiles();
let fromZero: Catalog;
let database: TestDatabase;

beforeAll(async () => {
  const migrated = await createTestDatabase();
  fromZero = await readCatalog(migrated);
  await migrated.drop();
});
afterEach(() => database.drop());
afterAll(() => {
  expect(Object.keys(fromZero).length).toBeGreaterThan(100);
});

const isIn = (state: string) => ({ name }: { name: string }) =>
  name.slice(0, state.length) <= state;

/** Applies these migrations, as a deployment would. */
async function migrate(chosen: (file: { name: string }) => boolean): Promise<void> {
  await withClient(database.url, async (client) => {
    for (const { sql } of files.filter(chosen)) await client.query(sql);
  });
}

/** The seed, as far as its tables are there. */
async function seed(): Promise<void> {
  const text = await readFile(join(projectRoot, 'supabase', 'seed.sql'), 'utf8');
  for (const statement of text.split(/;\n/).filter((part) => /insert into/.test(part))) {
    const [, table = ''] = /insert into (\S+)/.exec(statement) ?? [];
    const [found] = await database.query<{ there: boolean }>(
      'select to_regclass($1) is not null as there',
      [table],
    );
    if (found?.there) await database.query(statement);
  }
}

/** A delivery to a database of any state: the first four arguments have always been the same. */
async function deliverEarlier(overrides: Partial<CalendarBooking>): Promise<void> {
  await database.as('service_role', null, (client) =>
    client.query(
      'select public.upsert_calendar_event($1, $2, $3, $4)',
      upsertArguments(booking({ organizerUsername: USERNAME, ...overrides })).slice(0, 4),
    ));
}

/** Deliveries of every kind: applied, moved, seated, waiting with a salon and without. */
async function deliverSome(): Promise<void> {
  const later = { occurredAt: '2026-09-02T10:00:00.000Z' };
  await deliverEarlier({ attendeePhone: '501 220 314' });
  await deliverEarlier({
    ...later,
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'uid-1',
    rescheduleUid: 'uid-0',
  });
  await deliverEarlier({ uid: 'slot', seated: true, seatId: 'seat', attendeeEmail: 'a@b.example' });
  await deliverEarlier({ uid: 'ended', icalUid: 'ended@Cal.com' });
  await deliverEarlier({ ...later, uid: 'ended', trigger: 'MEETING_ENDED' });
  await deliverEarlier({ ...later, uid: 'unheard', trigger: 'BOOKING_CANCELLED' });
  await deliverEarlier({ uid: 'of-nobody', organizerUsername: 'pozny-salon' });
  await deliverEarlier({
    ...later,
    uid: 'of-nobody',
    organizerUsername: null,
    trigger: 'BOOKING_CANCELLED',
  });
}

/** The rows of a table with the columns it has now, or had in `like`. */
async function rowsOf(
  table: string,
  like?: Record<string, unknown>[],
): Promise<Record<string, unknown>[]> {
  const rows = await database.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from public.${table} t order by t::text`,
  );
  const [first] = like ?? [];
  return rows
    .map(({ row }) =>
      first === undefined
        ? row
        : Object.fromEntries(Object.entries(row).filter(([column]) => column in first))
    )
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

const TABLES = ['salons', 'clients', 'pets', 'client_pets', 'calendar_events', 'webhook_logs'];

describe.each(LANDED)('from the state that ended with %s', (state) => {
  it('the migrations lead to the schema that they make from zero', async () => {
    database = await createTestDatabase({ template: 'bare' });
    await migrate(isIn(state));
    await seed();
    await deliverSome();
    await migrate((file) => !isIn(state)(file));
    expect(await readCatalog(database)).toEqual(fromZero);
  });

  it('they keep every row as it was, and go on with what waited', async () => {
    database = await createTestDatabase({ template: 'bare' });
    await migrate(isIn(state));
    await seed();
    await deliverSome();
    const before = new Map<string, Record<string, unknown>[]>();
    for (const table of TABLES) before.set(table, await rowsOf(table));
    expect(before.get('calendar_events')).toHaveLength(3);

    await migrate((file) => !isIn(state)(file));

    for (const table of TABLES) {
      const rows = before.get(table) ?? [];
      expect(await rowsOf(table, rows))
        .toEqual(rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))));
    }
    const first = booking({ organizerUsername: USERNAME, attendeePhone: '501 220 314' });
    expect(await deliver(database, first)).toMatchObject({ action: 'duplicate' });
    expect(await deliver(database, booking({ organizerUsername: USERNAME, uid: 'unheard' })))
      .toMatchObject({ action: 'applied' });
    await database.query(
      `insert into public.salons (name, cal_com_username) values ('Późny', 'pozny-salon')`,
    );
    const statuses = await database.query<{ uid: string; status: string }>(
      `select cal_com_event_id as uid, status from public.calendar_events order by 1`,
    );
    expect(statuses).toEqual([
      { uid: 'ended', status: 'completed' },
      { uid: 'of-nobody', status: 'cancelled' },
      { uid: 'slot#seat', status: 'scheduled' },
      { uid: 'uid-1', status: 'scheduled' },
      { uid: 'unheard', status: 'cancelled' },
    ]);
  });
});
