import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import { schemaFiles } from './schema-files.ts';

const MIGRATIONS_DIR = join(projectRoot, 'supabase', 'migrations');

/** The migration that creates the whole schema in a new project. */
export const BASELINE = join(MIGRATIONS_DIR, '20261128090100_barkbook_calendar_sync_baseline.sql');

/** The last of the initial migrations; later ones are changes. */
const LAST_INITIAL_MIGRATION = '20261128090200_barkbook_calendar_sync_register_events.sql';

const HEADER = `\
-- Generated from supabase/schemas by \`npm run schema\`: never edit this file.
-- The whole schema on a new project. On a BarkBook database the migration before this one has
-- prepared its tables, and "if not exists" leaves them alone.
-- Objects: everything under supabase/schemas.
-- Destructive: no.
-- Undo: drop schema private cascade, what it leaves in public, and the role sms_worker.

`;

/** The baseline as generated from the schema files. */
export async function baselineText(): Promise<string> {
  const parts = (await schemaFiles()).map(({ path, sql }) => `-- ${path}\n\n${sql}`);
  return HEADER + parts.join('\n\n');
}

/** The committed baseline; empty if there is none yet. */
export async function committedBaseline(): Promise<string> {
  return await readFile(BASELINE, 'utf8').catch(() => '');
}

/**
 * Whether a migration has been added after the baseline.
 *
 * From then on the baseline is not regenerated: the schema files contain the change, so databases
 * would get it twice.
 */
export async function isBaselineFinal(): Promise<boolean> {
  const names = (await readdir(MIGRATIONS_DIR)).filter((name) => name.endsWith('.sql'));
  return names.some((name) => name > LAST_INITIAL_MIGRATION);
}
