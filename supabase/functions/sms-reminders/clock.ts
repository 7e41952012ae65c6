/** The time of a run. */
export type Clock = {
  now(): Date;
  /** The time for the database, or null if it should use its own clock. */
  override(): string | null;
};

/** The real clock, or one that starts at `at` now. */
export function createClock(at: Date | null, realNowMs: () => number): Clock {
  const offsetMs = at === null ? 0 : at.getTime() - realNowMs();
  const now = () => new Date(realNowMs() + offsetMs);
  return { now, override: () => at === null ? null : now().toISOString() };
}
