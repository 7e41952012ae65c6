import { type Load, median } from './load.ts';
import type { Rounds } from './rounds.ts';

/** The aim for a ratio. */
export type Aim = { atLeast: number } | { atMost: number } | {
  between: readonly [from: number, to: number];
};

const NAME_WIDTH = 52;
const NUMBER_WIDTH = 10;

/** A heading with lines below it, and an empty line at the end. */
export function section(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n');
}

/** A table with the median results of each contender. */
export function loadTable(
  contenders: readonly (readonly [name: string, rounds: Rounds])[],
): string[] {
  const cell = (rounds: Rounds, measure: (load: Load) => number, digits: number): string =>
    median(rounds.map(measure)).toFixed(digits);
  return [
    row('', ['a second', 'p50 ms', 'p99 ms']),
    ...contenders.map(([name, rounds]) =>
      row(name, [
        cell(rounds, ({ perSecond }) => perSecond, 0),
        cell(rounds, ({ p50Ms }) => p50Ms, 1),
        cell(rounds, ({ p99Ms }) => p99Ms, 1),
      ])
    ),
  ];
}

/** One line of a table. */
export function row(name: string, cells: readonly string[]): string {
  return name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(NUMBER_WIDTH)).join('');
}

/** A ratio, its aim, and whether it was reached. */
export function verdict(name: string, value: number, aim: Aim): string {
  const [met, wanted] = judge(value, aim);
  return `${row(name, [value.toFixed(2)])}   ${met ? 'aim met' : 'aim missed'} (${wanted})`;
}

function judge(value: number, aim: Aim): [met: boolean, wanted: string] {
  if ('atLeast' in aim) return [value >= aim.atLeast, `at least ${aim.atLeast}`];
  if ('atMost' in aim) return [value <= aim.atMost, `at most ${aim.atMost}`];
  const [from, to] = aim.between;
  return [value >= from && value <= to, `${from} to ${to}`];
}
