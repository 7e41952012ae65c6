import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import { explains, readExplained } from './explained.ts';
import { describe, type Description, type Mutant } from './mutant.ts';
import type { Options } from './options.ts';
import { createPlantedCopy, type PlantedCopy } from './planted-copy.ts';
import type { Result } from './report.ts';
import { runTests, type Verdict } from './run-tests.ts';
import { sampleOf } from './sample.ts';
import { sqlMutants } from './sql/mutants.ts';
import { testsOf } from './tests-of.ts';
import { typescriptMutants } from './typescript/mutants.ts';
import { runStryker } from './typescript/stryker.ts';

/** The mutants that a run with these options would try. */
export async function listMutants(options: Options): Promise<Description[]> {
  const { sql, typescript } = await chosen(options);
  return await Promise.all([...sql, ...typescript].map(described));
}

/** Tries the chosen mutants one after the other, and reports each. */
export async function runMutants(
  options: Options,
  onResult: (result: Result) => void,
): Promise<Result[]> {
  const deadline = Date.now() + options.deadlineMs;
  const { sql, typescript } = await chosen(options);
  const explained = await readExplained();
  const copy = await createPlantedCopy();
  const results: Result[] = [];
  const finish = async (mutant: Mutant, judge: () => Promise<Verdict>) => {
    const startedAt = Date.now();
    const description = await described(mutant);
    const known = explained.find((entry) => explains(entry, description));
    const verdict = known ? { outcome: 'explained' as const, by: known.reason } : await judge();
    const result = {
      ...description,
      outcome: verdict.outcome,
      by: 'by' in verdict ? verdict.by : null,
      seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    };
    results.push(result);
    onResult(result);
  };
  try {
    for (const mutant of sql) {
      if (Date.now() > deadline) break;
      await finish(mutant, () => tryInCopy(copy, mutant, options.limitMs));
    }
    const verdicts = await runStryker(typescript, availableParallelism());
    for (const [index, mutant] of typescript.entries()) {
      if (Date.now() > deadline) break;
      const verdict = verdicts[index] ?? { outcome: 'invalid' };
      // What the unit tests let through may be noticed where the code runs: in Deno.
      await finish(
        mutant,
        async () =>
          verdict.outcome === 'survived' ? await tryInCopy(copy, mutant, options.limitMs) : verdict,
      );
    }
  } finally {
    await copy.remove();
  }
  return results;
}

async function chosen({ sql, typescript, sample, seed, files }: Options) {
  const matches = (path: string) => path.includes(files);
  return {
    sql: sql ? sampleOf(await sqlMutants(matches), sample, seed) : [],
    typescript: typescript ? sampleOf(await typescriptMutants(matches), sample, seed) : [],
  };
}

const tryInCopy = (copy: PlantedCopy, mutant: Mutant, limitMs: number) =>
  copy.withMutant(mutant, () => runTests(copy.dir, mutant.path, testsOf(mutant.path), limitMs));

async function described(mutant: Mutant): Promise<Description> {
  return describe(mutant, await readFile(join(projectRoot, mutant.path), 'utf8'));
}
