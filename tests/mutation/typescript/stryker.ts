import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import type { Verdict } from '../run-tests.ts';
import { EXCLUDED_MUTATIONS, type StrykerMutant } from './mutants.ts';

/** The parts of Stryker's report that we read. Its lines and columns count from 1. */
interface Report {
  files: Record<string, {
    mutants: {
      mutatorName: string;
      replacement: string;
      status: string;
      killedBy?: string[];
      location: Record<'start' | 'end', { line: number; column: number }>;
    }[];
  }>;
  testFiles?: Record<string, { tests: { id: string; name: string }[] }>;
}

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
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-stryker-'));
  try {
    const fileName = join(dir, 'report.json');
    await new Stryker({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
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
    const report: Report = JSON.parse(await readFile(fileName, 'utf8'));
    return mutants.map((mutant) => verdictOn(mutant, report));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function verdictOn(mutant: StrykerMutant, { files, testFiles = {} }: Report): Verdict {
  const found = files[mutant.path]?.mutants.find(({ mutatorName, replacement, location }) =>
    mutatorName === mutant.rule && replacement === mutant.replacement &&
    location.start.line === mutant.from.line + 1 &&
    location.start.column === mutant.from.column + 1 &&
    location.end.line === mutant.to.line + 1 && location.end.column === mutant.to.column + 1
  );
  if (found === undefined) return { outcome: 'survived' };
  const tests = Object.values(testFiles).flatMap(({ tests }) => tests);
  switch (found.status) {
    case 'Killed':
      return {
        outcome: 'killed',
        by: tests.find(({ id }) => id === found.killedBy?.[0])?.name ?? '',
      };
    case 'Timeout':
      return { outcome: 'killed', by: 'the time limit: it never ends' };
    case 'CompileError':
    case 'RuntimeError':
      return { outcome: 'invalid' };
    default:
      return { outcome: 'survived' };
  }
}
