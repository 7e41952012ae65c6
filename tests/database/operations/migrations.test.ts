import { afterEach, describe, expect, it } from 'vitest';
import {
  applyMigrations,
  createTestDatabase,
  migrationFiles,
  type TestDatabase,
} from '../../support/database.ts';
import { functionsWhere, relationsWhere } from '../support/inventory.ts';

const files = await migrationFiles();

describe('a migration', () => {
  it.each(files)('is named by its time and its subject: $name', ({ name }) => {
    expect(name).toMatch(/^20\d{6}[0-2]\d[0-5]\d[0-5]\d_[a-z]+(_[a-z]+)*\.sql$/);
  });

  it.each(files)(
    'opens with what it makes, what it destroys, and how to undo it: $name',
    ({ sql }) => {
      const [header] = sql.split(/^(?!-- )/m);
      for (const part of ['Objects: ', 'Destructive: ', 'Undo: ']) expect(header).toContain(part);
    },
  );

  it('has a time of its own', () => {
    const times = files.map(({ name }) => name.slice(0, '20260101000000'.length));
    expect(new Set(times).size).toBe(files.length);
  });
});

describe('on a new project', () => {
  let database: TestDatabase;
  afterEach(() => database.drop());

  it('the migrations need no superuser', async () => {
    database = await createTestDatabase({ template: 'bare' });
    expect(
      await database.query('select rolname, rolsuper from pg_roles where rolname = current_user'),
    ).toEqual([{ rolname: 'postgres', rolsuper: false }]);
    await applyMigrations(database);
    expect(await relationsWhere(database, `c.relname = 'calendar_events'`))
      .toEqual(['calendar_events']);
  });

  it('every table and function they make says in a comment what it is for', async () => {
    database = await createTestDatabase();
    const silentTables = `c.relkind in ('r', 'p', 'v', 'm')
      and obj_description(c.oid, 'pg_class') is null`;
    expect(await relationsWhere(database, silentTables)).toEqual([]);
    expect(await functionsWhere(database, `obj_description(p.oid, 'pg_proc') is null`)).toEqual([]);
  });
});
