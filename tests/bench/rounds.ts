import { applyLoad, type Load, type LoadRequest, percentile } from './load.ts';

/** One of the things that are measured in turns. */
export type Contender = {
  name: string;
  /** Enough for about a second, so that a disturbance affects few rounds. */
  deliveriesPerRound: number;
  /** Builds that many distinct requests, which is not measured. */
  prepare(count: number): Promise<LoadRequest[]>;
};

/** The results of each round; rounds with the same number were measured next to each other. */
export type Rounds = readonly Load[];

/** Measures the contenders in turns, after a warm-up round each. */
export async function takeTurns(contenders: readonly Contender[], count: number) {
  const rounds = contenders.map(() => new Array<Load>());
  for (let round = 0; round <= count; round++) {
    for (const [index, contender] of contenders.entries()) {
      const load = await applyLoad(await contender.prepare(contender.deliveriesPerRound));
      if (round > 0) rounds[index]?.push(load);
    }
  }
  return rounds;
}

/** The median. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of the ratios of each round, so that a disturbance of a whole round cancels out. */
export function ratio(of: Rounds, to: Rounds, measure: keyof Load): number {
  return median(of.map((load, round) => load[measure] / (to[round]?.[measure] ?? NaN)));
}
