import type { Description } from './mutant.ts';

/** A mutant with what became of it. */
export interface Result extends Description {
  outcome: 'killed' | 'survived' | 'timeout' | 'invalid' | 'explained';
  /** The test that noticed it, or the reason why none need. */
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
  const [killed, survived, timeout] = [count('killed'), count('survived'), count('timeout')];
  return {
    mutants: results.length,
    killed,
    survived,
    timeout,
    explained: count('explained'),
    invalid: count('invalid'),
    score: Math.round(1000 * killed / Math.max(killed + survived + timeout, 1)) / 1000,
  };
}
