import { pooledMap } from 'std/async/pool.ts';
import { exceptionName } from '../_shared/log.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';
import type { RunLimits } from '../_shared/scheduled-function.ts';
import { dispatch, type Dispatched, type Dispatcher } from './dispatch.ts';
import type { Outbox } from './outbox.ts';
import { type Counts, noCounts } from './counts.ts';

/** What a run uses from outside. */
export type RunDeps = Omit<Dispatcher, 'outbox'> & RunLimits & {
  outbox: Omit<Outbox, 'startRun' | 'preview'>;
  /** Whether it plans, and takes back what other runs left, before it sends. */
  plans: boolean;
  /** Milliseconds that only ever go up; what time it is says the clock. */
  elapsedMs: () => number;
};

/**
 * What a run did, the first thing that went wrong with it as a whole, and whether it stopped at its
 * limit, so that work is left for another one.
 */
export type RunReport = { counts: Counts; code: string | null; stoppedAtLimit: boolean };

/** Plans what is due and sends it. Never throws. */
export async function run(runId: string, deps: RunDeps): Promise<RunReport> {
  const startedAtMs = deps.elapsedMs();
  const report: RunReport = { counts: noCounts(), code: null, stoppedAtLimit: false };
  const stopwatch = () => deps.elapsedMs() - startedAtMs;
  try {
    if (deps.plans) await sweepAndPlan(report, deps, stopwatch);
    await sendDue(report, deps, stopwatch);
  } catch (error) {
    report.code ??= exceptionName(error);
  }
  report.counts.ms = Math.round(stopwatch());
  const finished = await deps.outbox.finishRun(runId, report.counts, report.code);
  recordError(finished, report);
  return report;
}

/** What could not be swept or planned is left to the next run: what is planned is sent anyway. */
async function sweepAndPlan(
  report: RunReport,
  deps: RunDeps,
  stopwatch: () => number,
): Promise<void> {
  recordError(await deps.outbox.sweep(), report);
  let after: string | null = null;
  do {
    const plan = await deps.outbox.plan(after);
    if (!plan.ok) return recordError(plan, report);
    report.counts.planned += plan.value.planned;
    report.counts.skipped += plan.value.skipped;
    report.counts.broken += plan.value.broken;
    after = plan.value.next_after;
  } while (after !== null && stopwatch() < deps.runBudgetMs);
}

/**
 * A batch is claimed only when one as slow as the slowest so far would still end within the budget,
 * because a function that is ended by the platform leaves its leases behind.
 */
async function sendDue(report: RunReport, deps: RunDeps, stopwatch: () => number): Promise<void> {
  let slowestBatchMs = 0;
  while (stopwatch() + slowestBatchMs < deps.runBudgetMs) {
    if (report.counts.claimed >= deps.runLimit) {
      report.stoppedAtLimit = true;
      return;
    }
    const batchStartedAtMs = stopwatch();
    const claimed = await deps.outbox.claim();
    if (!claimed.ok) return recordError(claimed, report);
    if (claimed.value.length === 0) return;
    report.counts.claimed += claimed.value.length;
    // A message that fails must not keep the others from being sent; its lease will expire.
    const dispatched = pooledMap(
      deps.concurrency,
      claimed.value,
      (message) => dispatch(message, deps).catch(() => FAULT),
    );
    for await (const { result, paused } of dispatched) {
      report.counts[result] += 1;
      if (paused) report.code ??= 'provider_paused';
    }
    slowestBatchMs = Math.max(slowestBatchMs, stopwatch() - batchStartedAtMs);
  }
}

const FAULT: Dispatched = { result: 'unknown', paused: false };

function recordError(result: DatabaseResult<unknown>, report: RunReport): void {
  if (!result.ok) report.code ??= result.code;
}
