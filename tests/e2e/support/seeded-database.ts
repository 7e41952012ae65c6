import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../../local/setup/paths.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** Creates a database with the demo salons of supabase/seed.sql. */
export async function createSeededDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await seed(database);
  return database;
}

/** Runs supabase/seed.sql as role postgres, as the Supabase CLI does. */
export async function seed(database: TestDatabase): Promise<void> {
  await database.query(await readFile(join(projectRoot, 'supabase', 'seed.sql'), 'utf8'));
}
