const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 10;
const MAX_KEYS = 10_000;

/** Counts something by a key, such as refused signatures by address. */
export type RateLimiter = {
  /**
   * Counts one more at `nowMs`. Returns 0 or, for a key that already had ten within the last minute,
   * the seconds after which it may try again.
   */
  count(key: string, nowMs: number): number;
};

/**
 * A limiter that lives as long as the isolate. It only slows guessing down; a secret of full length
 * prevents it. If there are too many keys, the one seen longest ago is forgotten.
 */
export function createRateLimiter(): RateLimiter {
  const countedAtMs = new Map<string, number[]>();

  return {
    count(key, nowMs) {
      const recent = (countedAtMs.get(key) ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
      const [oldestMs = nowMs] = recent;
      const limited = recent.length >= MOST_IN_WINDOW;
      if (!limited) recent.push(nowMs);

      // Deleting first moves the key to the end of the map, which keeps its insertion order.
      countedAtMs.delete(key);
      countedAtMs.set(key, recent);
      if (countedAtMs.size > MAX_KEYS) forgetFirst(countedAtMs);

      return limited ? Math.ceil((oldestMs + WINDOW_MS - nowMs) / 1000) : 0;
    },
  };
}

function forgetFirst(countedAtMs: Map<string, number[]>): void {
  for (const key of countedAtMs.keys()) {
    countedAtMs.delete(key);
    return;
  }
}
