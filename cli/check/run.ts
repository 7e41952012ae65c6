import type { Check } from './check.ts';

/** Runs the checks one after the other, prints each result, and returns how many failed. */
export async function runChecks(checks: readonly Check[]): Promise<number> {
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
