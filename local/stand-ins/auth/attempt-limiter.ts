const WINDOW_MS = 5 * 60_000;
const MAX_ATTEMPTS = 30;

/** Counts wrong passwords by address. */
export interface AttemptLimiter {
  /** Whether the address sent 30 wrong passwords within the last five minutes. */
  isLimited(address: string, nowMs: number): boolean;
  countWrong(address: string, nowMs: number): void;
}

/** The default limit of a Supabase project, here for wrong passwords only. */
export function createAttemptLimiter(): AttemptLimiter {
  const wrongAtMs = new Map<string, number[]>();

  function recent(address: string, nowMs: number): number[] {
    return (wrongAtMs.get(address) ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
  }

  return {
    isLimited: (address, nowMs) => recent(address, nowMs).length >= MAX_ATTEMPTS,
    countWrong: (address, nowMs) => {
      wrongAtMs.set(address, [...recent(address, nowMs), nowMs]);
    },
  };
}
