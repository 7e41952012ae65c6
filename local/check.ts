/**
 * `npm run check`: everything that can be said of the project without running it. `npm run check
 * -- database` does the part that needs a database only.
 *
 * Ends with the line `N passed, N failed`.
 */
import { databaseChecks } from './checks/database.ts';
import { sourceChecks } from './checks/source.ts';
import { reportFailure } from './setup-problem.ts';

/** One thing that holds or does not. */
export interface Check {
  name: string;
  /** Resolves with null, or with what is wrong and what to do. */
  problem(): Promise<string | null>;
}

async function main(): Promise<void> {
  const databaseOnly = process.argv[2] === 'database';
  const database = await databaseChecks();
  try {
    const checks = [...(databaseOnly ? [] : await sourceChecks()), ...database.checks];
    const failed = await failures(checks);
    console.log(`\n${checks.length - failed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await database.end();
  }
}

async function failures(checks: Check[]): Promise<number> {
  let failed = 0;
  for (const { name, problem } of checks) {
    const wrong = await problem();
    console.log(`${wrong === null ? 'ok  ' : 'FAIL'} ${name}`);
    if (wrong === null) continue;
    failed += 1;
    console.log(wrong.trimEnd().replaceAll(/^/gm, '     '));
  }
  return failed;
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
