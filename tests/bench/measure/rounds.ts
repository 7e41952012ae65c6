import { type Load, median } from './load.ts';

/** One of the things that are measured in turns. */
export type Contender<Result extends Load = Load> = {
  name: string;
  /** Enough for about a second, so that a disturbance affects few rounds. */
  deliveriesPerRound: number;
  /** Prepares a round of that many deliveries, which is not measured, and returns what runs it. */
  prepare(count: number): Promise<() => Promise<Result>>;
};

/** The results of each round; rounds with the same number were measured next to each other. */
export type Rounds<Result extends Load = Load> = readonly Result[];

/** Measures the contenders in turns, after a warm-up round each. */
export async function takeTurns<Result extends Load>(
  contenders: readonly Contender<Result>[],
  count: number,
): Promise<Rounds<Result>[]> {
  const rounds = contenders.map(() => new Array<Result>());
  for (let round = 0; round <= count; round++) {
    for (const [index, contender] of contenders.entries()) {
      const run = await contender.prepare(contender.deliveriesPerRound);
      const result = await run();
      if (round > 0) rounds[index]?.push(result);
    }
  }
  return rounds;
}

/** The median of the ratios of each round, so that a disturbance of a whole round cancels out. */
export function ratio<Result extends Load>(
  of: Rounds<Result>,
  to: Rounds<Result>,
  measure: (result: Result) => number,
): number {
  return median(of.map((result, round) => {
    const other = to[round];
    return other === undefined ? NaN : measure(result) / measure(other);
  }));
}

/** Deliveries a second. */
export const throughput = ({ perSecond }: Load): number => perSecond;
