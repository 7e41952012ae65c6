import { median, type Rounds } from './rounds.ts';

/** The aim for a ratio. */
export type Aim = { atLeast: number } | { truncate: number };

const NAME_WIDTH = 44;
const NUMBER_WIDTH = 10;

/** A heading with lines below it, and an empty line at the end. */
export function section(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n');
}

/** A table with the median results of each contender. */
export function loadTable(contenders: readonly (readonly [name: string, rounds: Rounds])[]) {
  return [
    row('', ['a second', 'p50 ms', 'p99 ms']),
    ...contenders.map(([name, rounds]) =>
      row(name, [
        median(rounds.map(({ perSecond }) => perSecond)).toFixed(0),
        median(rounds.map(({ p50Ms }) => p50Ms)).toFixed(1),
        median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(1),
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
  const [met, wanted] = 'atLeast' in aim
    ? [value >= aim.atLeast, `at least ${aim.atLeast}`]
    : [value <= aim.truncate, `at most ${aim.truncate}`];
  return `${row(name, [value.toFixed(2)])}   ${met ? 'aim met' : 'aim missed'} (${wanted})`;
}
