import type { RunLimits } from '../_shared/scheduled-function.ts';
import type { Store } from './store.ts';
import { type SalonDeps, type SalonReport, syncSalon } from './sync-salon.ts';
import { addCounts, type Counts, noCounts } from './counts.ts';

/** What a run uses from outside. It takes salons one page at a time, `concurrency` at once. */
export type RunDeps = Omit<SalonDeps, 'mayContinue' | 'onBookings' | 'store'> & RunLimits & {
  store: Store;
  /** Milliseconds that only ever go up. */
  elapsedMs: () => number;
};

/** One salon instead of those that are due, and from when on all its bookings. */
export type SingleSalon = { salonId: string; from: string | null };

/**
 * What a run did. `code`: the first thing that went wrong with it as a whole, not with one salon.
 * `stoppedAtLimit`: work is left for another run.
 */
export type RunReport = {
  salons: SalonReport[];
  counts: Counts;
  code: string | null;
  stoppedAtLimit: boolean;
  ms: number;
};

/** Syncs one salon, or one after the other of those that are due. Never throws. */
export async function run(only: SingleSalon | null, deps: RunDeps): Promise<RunReport> {
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
    mayContinue: () => deps.elapsedMs() - startedAtMs < deps.runBudgetMs && seen < deps.runLimit,
    onBookings: (bookings) => {
      seen += bookings;
    },
  };

  const leaseAndSync = async (): Promise<boolean> => {
    const leased = await deps.store.lease(only?.salonId, only?.from ?? undefined);
    if (!leased.ok) {
      report.code ??= leased.code;
      return false;
    }
    if (leased.value === null) return false;
    const salon = await syncSalon(leased.value, salonDeps);
    report.salons.push(salon);
    addCounts(report.counts, salon.counts);
    if (salon.error === null && !salon.done) report.stoppedAtLimit = true;
    return true;
  };
  const worker = async () => {
    while (await leaseAndSync()) {
      if (only !== null) return;
      if (salonDeps.mayContinue()) continue;
      report.stoppedAtLimit = true;
      return;
    }
  };
  await Promise.all(Array.from({ length: only === null ? deps.concurrency : 1 }, worker));
  report.ms = Math.round(deps.elapsedMs() - startedAtMs);
  return report;
}
