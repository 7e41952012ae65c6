import { applyLoad, type Load, type LoadRequest, percentile } from './load.ts';

/** One of those that are measured beside each other. */
export type Contender = {
  name: string;
  /** Enough for about a second, so that a disturbance of the machine spoils few rounds. */
  deliveriesPerRound: number;
  /** Builds that many distinct deliveries; not part of what is measured. */
  prepare(count: number): Promise<LoadRequest[]>;
};

/** What each round gave; the first of one contender was measured beside the first of another. */
export type Rounds = readonly Load[];

/** Measures the contenders in turns, after a round each that does not count. */
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

/** The middle one. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of the rounds' own ratios: what disturbs a whole round cancels out. */
export function ratio(of: Rounds, to: Rounds, measure: keyof Load): number {
  return median(of.map((load, round) => load[measure] / (to[round]?.[measure] ?? NaN)));
}
