import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';

const SCHEMAS_DIR = join('supabase', 'schemas');

/** A schema file: its path in the project, and its text. */
export interface SchemaFile {
  path: string;
  sql: string;
}

/** All schema files in the order in which they run, which is that of their names. */
export async function schemaFiles(): Promise<SchemaFile[]> {
  const entries = await readdir(join(projectRoot, SCHEMAS_DIR), { recursive: true });
  const paths = entries
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(SCHEMAS_DIR, name));
  return await Promise.all(
    paths.map(async (path) => ({ path, sql: await readFile(join(projectRoot, path), 'utf8') })),
  );
}
