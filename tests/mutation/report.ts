import type { Description } from './mutant.ts';

/** A mutant with what became of it. */
export interface Result extends Description {
  outcome: 'killed' | 'survived' | 'undecided' | 'invalid' | 'explained';
  /** The test that noticed it, or the reason why none need or why it is undecided. */
  by: string | null;
  seconds: number;
}

/** One line for people. */
export function lineOf(mutant: Description & Partial<Result>): string {
  const { path, line, rule, before, after, outcome, by } = mutant;
  const change = `${path}:${line} ${rule}\n    - ${before}\n    + ${after}`;
  if (outcome === undefined) return change;
  return `${outcome} ${change}${by ? `\n    ${by}` : ''}`;
}

/** How many there were of each outcome. `score`: killed, of those that a test could notice. */
export function summaryOf(results: readonly Result[]) {
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length;
  const [killed, survived, undecided] = [
    count('killed'),
    count('survived'),
    count('undecided'),
  ];
  return {
    mutants: results.length,
    killed,
    survived,
    undecided,
    explained: count('explained'),
    invalid: count('invalid'),
    score: Math.round(1000 * killed / Math.max(killed + survived + undecided, 1)) / 1000,
  };
}
