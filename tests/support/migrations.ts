import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { projectRoot } from '../../local/setup/paths.ts';

const MIGRATIONS_DIR = join(projectRoot, 'supabase', 'migrations');

/** A migration and its text. */
export interface MigrationFile {
  name: string;
  sql: string;
}

/** The migrations in the order in which the Supabase CLI applies them. */
export async function migrationFiles(): Promise<MigrationFile[]> {
  const names = (await readdir(MIGRATIONS_DIR)).filter((name) => name.endsWith('.sql')).sort();
  return await Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(MIGRATIONS_DIR, name), 'utf8') })),
  );
}

/** Applies every migration, each in its own transaction. A failure names the file. */
export async function applyMigrationsTo(client: ClientBase): Promise<void> {
  for (const { name, sql } of await migrationFiles()) {
    try {
      // A simple query of several statements is one transaction.
      await client.query(sql);
    } catch (failure) {
      throw new Error(`migration ${name} failed: ${describe(failure)}`, { cause: failure });
    }
  }
}

function describe(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
