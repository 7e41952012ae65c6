/**
 * `npm run check`: all checks of the project that need no tests. `npm run check -- database` runs
 * only those that need a database.
 *
 * Ends with the line `N passed, N failed`.
 */
import { runMain } from '../command/run-main.ts';
import { databaseChecks } from './database.ts';
import { readOptions, USAGE } from './options.ts';
import { runChecks } from './run.ts';
import { sourceChecks } from './source.ts';

await runMain(USAGE, async (args) => {
  const { databaseOnly } = readOptions(args);
  const database = await databaseChecks();
  try {
    const checks = [...(databaseOnly ? [] : await sourceChecks()), ...database.checks];
    const failed = await runChecks(checks);
    console.log(`\n${checks.length - failed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await database.end();
  }
});
