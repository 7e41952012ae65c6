import { afterEach, describe, expect, it } from 'vitest';
import { deleteTables } from '../../../cli/uninstall/delete-tables.ts';
import { SHARED_TABLES } from '../../../cli/uninstall/our-objects.ts';
import { readTables } from '../../../cli/uninstall/tables-plan.ts';
import { directDatabase } from '../../../cli/target/admin-database.ts';
import {
  applyMigrations,
  createTestDatabase,
  migrationFiles,
  type TestDatabase,
} from '../../support/database.ts';
import { createBarkbookDatabase } from '../fixtures/barkbook.ts';
import { readCatalog } from '../support/catalog.ts';

const databases: TestDatabase[] = [];
afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

function opened(database: TestDatabase): TestDatabase {
  databases.push(database);
  return database;
}

/** Uninstalls the tables as the command does. */
async function uninstallTables(database: TestDatabase): Promise<void> {
  const admin = directDatabase(database.url);
  await deleteTables(admin, await readTables(admin));
}

/** What the Supabase CLI writes down. */
async function recordMigrations(database: TestDatabase): Promise<void> {
  await database.query(
    `create schema if not exists supabase_migrations;
     create table if not exists supabase_migrations.schema_migrations (version text primary key)`,
  );
  for (const { name } of await migrationFiles()) {
    await database.query('insert into supabase_migrations.schema_migrations values ($1)', [
      name.split('_', 1)[0],
    ]);
  }
}

describe('on a project of our own', () => {
  it('nothing of the schema is left, and it can be installed again', async () => {
    const bare = opened(await createTestDatabase({ template: 'bare' }));
    const database = opened(await createTestDatabase());
    await recordMigrations(database);
    const migrated = await readCatalog(database);

    await uninstallTables(database);
    const { 'role sms_worker': _, ...left } = await readCatalog(database);
    expect(left).toEqual(await readCatalog(bare));
    expect(await database.query('select * from supabase_migrations.schema_migrations')).toEqual([]);

    await applyMigrations(database);
    expect(await readCatalog(database)).toEqual(migrated);
  });

  it('a second time changes nothing', async () => {
    const database = opened(await createTestDatabase());
    await uninstallTables(database);
    const once = await readCatalog(database);
    await uninstallTables(database);
    expect(await readCatalog(database)).toEqual(once);
  });

  it('what an app built on it stops the deletion, and everything stays', async () => {
    const database = opened(await createTestDatabase());
    await database.query('create view public.theirs as select id from public.salons');
    const before = await readCatalog(database);
    await expect(uninstallTables(database)).rejects.toThrow(
      /view public\.theirs depends on table public\.salons/,
    );
    expect(await readCatalog(database)).toEqual(before);
  });
});

describe('on a project of BarkBook', () => {
  const TABLES = [
    ...['salons', 'clients', 'pets', 'client_pets', 'pet_visits', 'calendar_events'],
    'webhook_logs',
  ];

  /** Every row and column of BarkBook's tables, and what it had written before. */
  async function readRows(database: TestDatabase): Promise<Record<string, unknown>> {
    const rows: Record<string, unknown> = {};
    for (const table of [...TABLES.map((name) => `public.${name}`), 'private.barkbook_values']) {
      rows[table] = await database.query(`select * from ${table} as t order by t::text`);
    }
    return rows;
  }

  async function createAdopted(): Promise<TestDatabase> {
    const database = opened(await createBarkbookDatabase());
    await applyMigrations(database);
    return database;
  }

  it('its tables keep every row and column, and nobody but service_role reads them', async () => {
    const database = await createAdopted();
    const before = await readRows(database);

    await uninstallTables(database);
    expect(await readRows(database)).toEqual(before);
    const names = Object.keys(await readCatalog(database));
    const tables = names.filter((name) => /^table [^ ]+$/.test(name));
    expect(tables.map((name) => name.replace(/^table (public\.)?/, '')).sort())
      .toEqual([...TABLES, 'private.barkbook_values'].sort());
    expect(names.filter((name) => /^(function|view) private\./.test(name))).toEqual([]);
    await expect(
      database.as('anon', null, (client) => client.query('select from public.webhook_logs')),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('can be installed again, with all rows and what was changed in them since', async () => {
    const database = await createAdopted();
    await database.query(
      `update public.calendar_events set status = 'completed'
       where cal_com_event_id = 'unknown-status'`,
    );
    await database.query(
      `insert into public.calendar_events (cal_com_event_id, seat_id, title, start_time, end_time)
       values ('slot#seat', 'seat', 'Wizyta', '2026-10-01 10:00Z', '2026-10-01 11:00Z')`,
    );
    await database.query(
      `update public.clients set has_gdpr_consent = false, gdpr_consent_date = null`,
    );
    await database.query('update public.clients set has_gdpr_consent = true');
    const migrated = await readCatalog(database);
    const before = await readRows(database);
    await uninstallTables(database);

    await applyMigrations(database);
    expect(await readCatalog(database)).toEqual(migrated);
    expect(await readRows(database)).toEqual(before);
    expect(
      await database.query(
        `select booking_uid, seat_id from public.calendar_event_uids where seat_id <> ''`,
      ),
    ).toEqual([{ booking_uid: 'slot', seat_id: 'seat' }]);
  });

  it('with a migration of somebody else, shared tables stay even when they are new', async () => {
    const database = opened(await createTestDatabase());
    await recordMigrations(database);
    await database.query(
      `insert into supabase_migrations.schema_migrations values ('20250101000000')`,
    );
    const { kept } = await readTables(directDatabase(database.url));
    expect(kept).toEqual(SHARED_TABLES.toSorted());
  });
});
