const WINDOW_MS = 60_000;
const MAX_REFUSALS = 10;
const MAX_ADDRESSES = 10_000;

/** Counts refused signatures by address. */
export type RefusalLimiter = {
  /**
   * Counts one more refusal at `nowMs`. Returns 0 or, for an address that already had ten within
   * the last minute, the seconds after which it may try again.
   */
  count(address: string, nowMs: number): number;
};

/**
 * A limiter that lives as long as the isolate. It only slows guessing down; a secret of full length
 * prevents it. If there are too many addresses, the one seen longest ago is forgotten.
 */
export function createRefusalLimiter(): RefusalLimiter {
  const refusedAtMs = new Map<string, number[]>();

  return {
    count(address, nowMs) {
      const recent = (refusedAtMs.get(address) ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
      const [oldestMs = nowMs] = recent;
      const limited = recent.length >= MAX_REFUSALS;
      if (!limited) recent.push(nowMs);

      // Deleting first moves the address to the end of the map, which keeps its insertion order.
      refusedAtMs.delete(address);
      refusedAtMs.set(address, recent);
      if (refusedAtMs.size > MAX_ADDRESSES) forgetFirst(refusedAtMs);

      return limited ? Math.ceil((oldestMs + WINDOW_MS - nowMs) / 1000) : 0;
    },
  };
}

function forgetFirst(refusedAtMs: Map<string, number[]>): void {
  for (const address of refusedAtMs.keys()) {
    refusedAtMs.delete(address);
    return;
  }
}
