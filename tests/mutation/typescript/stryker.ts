import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import type { Verdict } from '../run-tests.ts';
import { EXCLUDED_MUTATIONS, type StrykerMutant } from './mutants.ts';
import { tryOnly } from './sample-only.ts';
import { type StrykerReport, verdictOn } from './verdict.ts';

const SAMPLE_ONLY = new URL('sample-only.ts', import.meta.url);

/**
 * Runs the unit tests on mutants, each only against the tests that reach it.
 *
 * @returns The verdict on each, in their order: `survived` also if no unit test reaches it.
 */
export async function runStryker(
  mutants: readonly StrykerMutant[],
  concurrency: number,
): Promise<Verdict[]> {
  if (mutants.length === 0) return [];
  tryOnly(mutants);
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-stryker-'));
  try {
    const fileName = join(dir, 'report.json');
    await new Stryker({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(SAMPLE_ONLY)],
      ignorers: ['sample-only'],
      vitest: { configFile: 'tests/mutation/typescript/vitest.config.ts' },
      mutate: mutants.map(({ path, from, to }) =>
        `${path}:${from.line + 1}:${from.column}-${to.line + 1}:${to.column}`
      ),
      mutator: { plugins: null, excludedMutations: EXCLUDED_MUTATIONS },
      coverageAnalysis: 'perTest',
      reporters: ['json'],
      jsonReporter: { fileName },
      tempDirName: join(dir, 'sandbox'),
      // TypeScript 7 has no compiler for Stryker to read the file with.
      tsconfigFile: 'none',
      concurrency,
    }).runMutationTest();
    const report: StrykerReport = JSON.parse(await readFile(fileName, 'utf8'));
    return mutants.map((mutant) => verdictOn(mutant, report));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
