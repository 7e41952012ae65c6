import type { Place, StrykerMutant } from './mutants.ts';

/** A node of a syntax tree. Its lines count from 1, its columns from 0. */
interface Node {
  node: { loc?: { start: Place; end: Place } | null };
}

const REASON = 'not in the sample';
let sample: readonly StrykerMutant[] = [];

/** Keeps Stryker from trying the mutants inside of these, which are many more. */
export function tryOnly(mutants: readonly StrykerMutant[]): void {
  sample = mutants;
}

/** What Stryker reads from this file: a plugin that tells which parts of a file to leave alone. */
export const strykerPlugins = [
  { kind: 'Ignore', name: 'sample-only', value: { shouldIgnore } },
];

/** Why a part of a file is left alone, undefined if a mutant of the sample is in it. */
function shouldIgnore({ node: { loc } }: Node): string | undefined {
  if (!loc) return undefined;
  const start = { ...loc.start, line: loc.start.line - 1 };
  const end = { ...loc.end, line: loc.end.line - 1 };
  const isChosen = sample.some(({ from, to }) => !isBefore(from, start) && !isBefore(end, to));
  return isChosen ? undefined : REASON;
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || one.line === other.line && one.column < other.column;
}
