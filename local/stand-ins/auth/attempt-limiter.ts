const WINDOW_MS = 5 * 60_000;
const MAX_ATTEMPTS = 30;

/** Counts wrong passwords by address. */
export interface AttemptLimiter {
  /** Whether the address has had its 30 wrong passwords within the last five minutes. */
  isSpent(address: string, nowMs: number): boolean;
  countWrong(address: string, nowMs: number): void;
}

/** The limit that a Supabase project has by default, for wrong passwords alone. */
export function createAttemptLimiter(): AttemptLimiter {
  const wrongAtMs = new Map<string, number[]>();

  function recent(address: string, nowMs: number): number[] {
    return (wrongAtMs.get(address) ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
  }

  return {
    isSpent: (address, nowMs) => recent(address, nowMs).length >= MAX_ATTEMPTS,
    countWrong: (address, nowMs) => {
      wrongAtMs.set(address, [...recent(address, nowMs), nowMs]);
    },
  };
}
