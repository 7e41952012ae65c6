/**
 * `npm run schema`: generates the baseline migration and the listing supabase/catalog.txt from
 * supabase/schemas.
 *
 * supabase/schemas is the current state of the database. Every change also needs a migration that
 * brings existing databases to it; `npm run check` proves that both give the same catalog. Before
 * the first deployment there is a shorter way: as long as no other migration follows the baseline,
 * this command regenerates the baseline.
 */
import { writeFile } from 'node:fs/promises';
import { parseOptions } from '../command/options.ts';
import { runMain } from '../command/run-main.ts';
import { createScratchDatabase } from '../project/scratch-database.ts';
import { BASELINE, baselineText, isBaselineFinal } from './baseline.ts';
import { readCatalogItems } from './catalog.ts';
import { LISTING, listing } from './listing.ts';
import { withSchemaDatabase } from './schema-database.ts';

const USAGE = 'npm run schema';

await runMain(USAGE, async (args) => {
  parseOptions({ args, options: {} }, USAGE);
  await writeListing();
  if (await isBaselineFinal()) {
    console.log('The baseline migration stays as it is, since other migrations follow it.');
  } else {
    await writeFile(BASELINE, await baselineText());
    console.log('The baseline migration is up to date with supabase/schemas.');
  }
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
