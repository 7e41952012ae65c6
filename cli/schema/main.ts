/**
 * `npm run schema`: writes the listing supabase/catalog.txt from supabase/schemas.
 * `npm run schema -- --migration <what>`: also writes the migration that a change of the schema files
 * needs, as a draft to review.
 *
 * supabase/schemas is the current state of the database. Every change also needs a migration that
 * brings existing databases to it; `npm run check` proves that both give the same catalog.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';
import { runMain } from '../command/run-main.ts';
import { createScratchDatabase } from '../project/scratch-database.ts';
import { readCatalogItems } from './catalog.ts';
import { LISTING, listing } from './listing.ts';
import { createMigrations } from './migration.ts';
import { withSchemaDatabase } from './schema-database.ts';

const USAGE = 'npm run schema [-- --migration <what it does, such as add_salon_notes>]';

await runMain(USAGE, async (args) => {
  const { values } = parseOptions({ args, options: { migration: { type: 'string' } } }, USAGE);
  await writeListing();
  if (values.migration !== undefined) await writeMigrations(values.migration);
});

async function writeListing(): Promise<void> {
  const scratch = await createScratchDatabase({ migrated: false });
  try {
    await writeFile(LISTING, listing(await withSchemaDatabase(scratch, readCatalogItems)));
  } finally {
    await scratch.drop();
  }
  console.log('supabase/catalog.txt is up to date with supabase/schemas.');
}

async function writeMigrations(what: string): Promise<void> {
  if (!/^[a-z]+(_[a-z]+)*$/.test(what)) {
    throw new SetupProblem(`${what} cannot be in a file name: use lower-case words and _`);
  }
  const migrations = await createMigrations(what, new Date());
  for (const { name, sql } of migrations) {
    await writeFile(join(projectRoot, 'supabase', 'migrations', name), sql);
    console.log(`supabase/migrations/${name} is a draft: read it and complete its first lines.`);
  }
  if (migrations.length === 0) {
    console.log('The migrations already make what the schema files say.');
  }
}
