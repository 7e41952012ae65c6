/** `npm run types`: writes shared/database.types.ts anew from the migrations. */
import { writeFile } from 'node:fs/promises';
import { DATABASE_TYPES, generateDatabaseTypes } from './database-types.ts';
import { createScratchDatabase } from './scratch-database.ts';
import { reportFailure } from './setup-problem.ts';

try {
  const database = await createScratchDatabase();
  try {
    await writeFile(DATABASE_TYPES, await generateDatabaseTypes(database));
  } finally {
    await database.drop();
  }
  console.log('shared/database.types.ts is up to date with the migrations.');
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
