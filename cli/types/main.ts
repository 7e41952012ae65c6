/** `npm run types`: generates shared/database.types.ts from the migrations. */
import { writeFile } from 'node:fs/promises';
import { parseOptions } from '../command/options.ts';
import { runMain } from '../command/run-main.ts';
import { createScratchDatabase } from '../project/scratch-database.ts';
import { DATABASE_TYPES, generateDatabaseTypes } from './database-types.ts';

const USAGE = 'npm run types';

await runMain(USAGE, async (args) => {
  parseOptions({ args, options: {} }, USAGE);
  const database = await createScratchDatabase();
  try {
    await writeFile(DATABASE_TYPES, await generateDatabaseTypes(database));
  } finally {
    await database.drop();
  }
  console.log('shared/database.types.ts is up to date with the migrations.');
});
