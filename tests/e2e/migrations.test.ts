import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pushMigrations } from '../../local/postgres/migrations.ts';
import { readCatalog } from '../database/support/catalog.ts';
import { createTestDatabase, migrationFiles, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let homeDir: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'bare' });
  homeDir = await mkdtemp(join(tmpdir(), 'barkbook-push-'));
});
afterAll(async () => {
  await database.drop();
  await rm(homeDir, { recursive: true, force: true });
});

async function push(): Promise<string[]> {
  const said: string[] = [];
  await pushMigrations({ databaseUrl: database.url, homeDir, say: (line) => said.push(line) });
  return said;
}

test('a first push applies every migration and the seed, a second one nothing', async () => {
  const first = await push();
  const applied = first.filter((line) => line.startsWith('Applying migration'));
  expect(applied).toHaveLength((await migrationFiles()).length);

  const catalog = await readCatalog(database);
  const salons = await database.query('select to_jsonb(s) from public.salons s order by id');
  expect(await push()).toEqual([]);
  expect(await readCatalog(database)).toEqual(catalog);
  expect(await database.query('select to_jsonb(s) from public.salons s order by id'))
    .toEqual(salons);

  const direct = await createTestDatabase();
  expect(catalog).toEqual(await readCatalog(direct));
  await direct.drop();
});
