import { createRandom } from '../support/random.ts';

/** So many of the items, chosen by the seed, in their own order; all for null. */
export function sampleOf<Item>(items: readonly Item[], size: number | null, seed: number): Item[] {
  if (size === null) return [...items];
  const random = createRandom(seed);
  const left = items.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < size && left.length > 0) {
    const [index] = left.splice(random.below(left.length), 1);
    if (index !== undefined) chosen.add(index);
  }
  return items.filter((_, index) => chosen.has(index));
}
