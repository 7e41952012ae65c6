import type { Verdict } from '../run-tests.ts';
import type { StrykerMutant } from './mutants.ts';

/** The parts of Stryker's report that we read. Its lines and columns count from 1. */
export interface StrykerReport {
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

/** Reads the verdict on a mutant from Stryker's report. */
export function verdictOn(
  mutant: StrykerMutant,
  { files, testFiles = {} }: StrykerReport,
): Verdict {
  const found = files[mutant.path]?.mutants.find(({ mutatorName, replacement, location }) =>
    mutatorName === mutant.rule && replacement === mutant.replacement &&
    location.start.line === mutant.from.line + 1 &&
    location.start.column === mutant.from.column + 1 &&
    location.end.line === mutant.to.line + 1 && location.end.column === mutant.to.column + 1
  );
  if (found === undefined) return { outcome: 'undecided', by: 'Stryker did not report it' };
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
    case 'Survived':
    case 'NoCoverage':
      return { outcome: 'survived' };
    default:
      return { outcome: 'undecided', by: `Stryker reported it as ${found.status}` };
  }
}
