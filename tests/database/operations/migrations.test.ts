import { afterEach, describe, expect, it } from 'vitest';
import {
  applyMigrations,
  createTestDatabase,
  migrationFiles,
  type TestDatabase,
} from '../../support/database.ts';
import { readCatalog } from '../support/catalog.ts';
import { functionsWhere, relationsWhere } from '../support/inventory.ts';

const files = await migrationFiles();

describe('a migration', () => {
  it.each(files)('is named after its time and subject: $name', ({ name }) => {
    expect(name).toMatch(/^20\d{6}[0-2]\d[0-5]\d[0-5]\d_[a-z]+(_[a-z]+)*\.sql$/);
  });

  it.each(files)(
    'opens with its objects, what it destroys and how to undo it: $name',
    ({ sql }) => {
      const [header] = sql.split(/^(?!-- )/m);
      for (const part of ['Objects: ', 'Destructive: ', 'Undo: ']) expect(header).toContain(part);
    },
  );

  it('has a unique time', () => {
    const times = files.map(({ name }) => name.slice(0, '20260101000000'.length));
    expect(new Set(times).size).toBe(files.length);
  });
});

describe('on a new project', () => {
  let databases: TestDatabase[] = [];
  afterEach(async () => {
    await Promise.all(databases.map((database) => database.drop()));
    databases = [];
  });

  async function create(template: 'bare' | 'migrated'): Promise<TestDatabase> {
    const database = await createTestDatabase({ template });
    databases.push(database);
    return database;
  }

  it('the migrations need no superuser', async () => {
    const database = await create('bare');
    expect(
      await database.query('select rolname, rolsuper from pg_roles where rolname = current_user'),
    ).toEqual([{ rolname: 'postgres', rolsuper: false }]);
    await applyMigrations(database);
    expect(await relationsWhere(database, `c.relname = 'calendar_events'`))
      .toEqual(['calendar_events']);
  });

  it('two databases of one server can be migrated concurrently', async () => {
    const both = await Promise.all([create('bare'), create('bare')]);
    await Promise.all(both.map(applyMigrations));
    const [one, other] = await Promise.all(both.map(readCatalog));
    expect(one).toEqual(other);
  });

  it('a second run of the migrations changes nothing', async () => {
    const database = await create('migrated');
    const before = await readCatalog(database);
    await expect(applyMigrations(database)).rejects.toThrow(/already exists/);
    expect(await readCatalog(database)).toEqual(before);
  });

  it('every table, view and function has a comment', async () => {
    const database = await create('migrated');
    const silentTables = `c.relkind in ('r', 'p', 'v', 'm')
      and obj_description(c.oid, 'pg_class') is null`;
    expect(await relationsWhere(database, silentTables)).toEqual([]);
    expect(await functionsWhere(database, `obj_description(p.oid, 'pg_proc') is null`)).toEqual([]);
  });
});
