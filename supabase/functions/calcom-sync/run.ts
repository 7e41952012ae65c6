import type { RunLimits } from '../_shared/scheduled-function.ts';
import type { Store } from './store.ts';
import { type SalonDeps, type SalonReport, syncSalon } from './sync-salon.ts';
import { addCounts, type Counts, noCounts } from './counts.ts';

/** The dependencies of a run, which syncs `concurrency` salons at a time. */
export type RunDeps = Omit<SalonDeps, 'mayContinue' | 'onBookings' | 'store'> & RunLimits & {
  store: Store;
  /** A monotonic clock in milliseconds. */
  elapsedMs: () => number;
};

/** A single salon instead of those that are due, and the start of a backfill if there is one. */
export type SingleSalon = { salonId: string; from: string | null };

/**
 * The result of a run. `code`: the first error of the run as a whole, not of one salon.
 * `stoppedAtLimit`: there is work left for another run.
 */
export type RunReport = {
  salons: SalonReport[];
  counts: Counts;
  code: string | null;
  stoppedAtLimit: boolean;
  ms: number;
};

/** Syncs one salon, or all that are due. Never throws. */
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
