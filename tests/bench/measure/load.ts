/** How many deliveries are sent at a time. */
export const CONCURRENCY = 8;

/** Sends one item and resolves when it is answered. */
export type Send<Item> = (item: Item) => Promise<void>;

/** The performance of a server for a number of deliveries. */
export type Load = { perSecond: number; p50Ms: number; p99Ms: number };

/** Sends the items: each sender takes the next one when its last one is answered. */
export async function applyLoad<Item>(
  items: readonly Item[],
  senders: readonly Send<Item>[],
): Promise<Load> {
  const queue = items.values();
  const durationsMs: number[] = [];

  async function sendInTurn(send: Send<Item>): Promise<void> {
    for (const next of queue) {
      const sentAtMs = performance.now();
      await send(next);
      durationsMs.push(performance.now() - sentAtMs);
    }
  }

  const startedAtMs = performance.now();
  await Promise.all(senders.map(sendInTurn));
  const seconds = (performance.now() - startedAtMs) / 1000;
  return {
    perSecond: items.length / seconds,
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
  };
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}

/** The median. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
