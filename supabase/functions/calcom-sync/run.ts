import type { Store } from './store.ts';
import { type SalonDeps, type SalonReport, syncSalon } from './sync-salon.ts';
import { addCounts, type Counts, noCounts } from './tally.ts';

/** What a run uses from outside. */
export type RunDeps = Omit<SalonDeps, 'mayGoOn' | 'onSeen' | 'store'> & {
  store: Store;
  /** How long the run goes on asking for pages. */
  runBudgetMs: number;
  /** How many bookings it looks at: the platform ends a request that computes for two seconds. */
  runLimit: number;
  /** Salons at a time; each of them one page at a time. */
  concurrency: number;
  /** Milliseconds that only ever go up. */
  elapsedMs: () => number;
};

/** One salon instead of those that are due, and from when on all its bookings. */
export type Only = { salonId: string; from: string | null };

/**
 * What a run did. `code`: the first thing that went wrong with it as a whole, not with one salon.
 * `stoppedAtLimit`: another one has to go on.
 */
export type RunReport = {
  salons: SalonReport[];
  counts: Counts;
  code: string | null;
  stoppedAtLimit: boolean;
  ms: number;
};

/** Syncs one salon, or one after the other of those that are due. Never throws. */
export async function run(only: Only | null, deps: RunDeps): Promise<RunReport> {
  const startedAtMs = deps.elapsedMs();
  const report: RunReport = {
    salons: [],
    counts: noCounts(),
    code: null,
    stoppedAtLimit: false,
    ms: 0,
  };
  let seen = 0;
  const salonDeps: SalonDeps = {
    ...deps,
    mayGoOn: () => deps.elapsedMs() - startedAtMs < deps.runBudgetMs && seen < deps.runLimit,
    onSeen: (bookings) => {
      seen += bookings;
    },
  };

  const claimAndSync = async (): Promise<boolean> => {
    const claimed = await deps.store.claim(only?.salonId, only?.from ?? undefined);
    if (!claimed.ok) {
      report.code ??= claimed.code;
      return false;
    }
    if (claimed.value === null) return false;
    const salon = await syncSalon(claimed.value, salonDeps);
    report.salons.push(salon);
    addCounts(report.counts, salon.counts);
    if (salon.error === null && !salon.done) report.stoppedAtLimit = true;
    return true;
  };
  const work = async () => {
    while (await claimAndSync()) {
      if (only !== null) return;
      if (salonDeps.mayGoOn()) continue;
      report.stoppedAtLimit = true;
      return;
    }
  };
  await Promise.all(Array.from({ length: only === null ? deps.concurrency : 1 }, work));
  report.ms = Math.round(deps.elapsedMs() - startedAtMs);
  return report;
}
