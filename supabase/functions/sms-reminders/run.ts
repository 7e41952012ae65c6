import { pooledMap } from 'std/async/pool.ts';
import { exceptionName } from '../_shared/log.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';
import type { RunLimits } from '../_shared/scheduled-function.ts';
import type { ClaimedMessage } from './claimed-message.ts';
import { dispatch, type Dispatched, type Dispatcher } from './dispatch.ts';
import type { Outbox } from './outbox.ts';
import { type Counts, noCounts } from './counts.ts';

/** What a run uses from outside. */
export type RunDeps = Omit<Dispatcher, 'outbox'> & RunLimits & {
  outbox: Omit<Outbox, 'startRun' | 'preview'>;
  /**
   * Whether it recovers messages of earlier runs and plans before it sends, and after which salon it
   * starts to plan; a null id starts with the first.
   */
  plans: { after: string | null } | null;
  /** Milliseconds that only go up, for measuring; `clock` tells the time. */
  elapsedMs: () => number;
};

/**
 * What a run did, the code of its first error, and what it left for another run: messages, because
 * it stopped at its limit, and the salons after an id, because it had no more time to plan.
 */
export type RunReport = {
  counts: Counts;
  code: string | null;
  stoppedAtLimit: boolean;
  unplannedAfter: string | null;
};

/** The part of a run's time in which it plans. The rest is for sending, however many salons plan. */
const SHARE_OF_PLANNING = 0.5;

/** Plans what is due and sends it. Never throws. */
export async function run(runId: string, deps: RunDeps): Promise<RunReport> {
  const startedAtMs = deps.elapsedMs();
  const report: RunReport = {
    counts: noCounts(),
    code: null,
    stoppedAtLimit: false,
    unplannedAfter: null,
  };
  const stopwatch = () => deps.elapsedMs() - startedAtMs;
  try {
    if (deps.plans) await recoverAndPlan(deps.plans.after, report, deps, stopwatch);
    await sendDue(report, deps, stopwatch);
  } catch (error) {
    report.code ??= exceptionName(error);
  }
  report.counts.ms = Math.round(stopwatch());
  const finished = await deps.outbox.finishRun(runId, report.counts, report.code);
  recordError(finished, report);
  return report;
}

/** A failure is left to the next run: messages that are planned already are sent anyway. */
async function recoverAndPlan(
  start: string | null,
  report: RunReport,
  deps: RunDeps,
  stopwatch: () => number,
): Promise<void> {
  recordError(await deps.outbox.recoverAndExpire(), report);
  let after = start;
  do {
    const plan = await deps.outbox.plan(after);
    if (!plan.ok) return recordError(plan, report);
    report.counts.planned += plan.value.planned;
    report.counts.skipped += plan.value.skipped;
    report.counts.broken += plan.value.broken;
    after = plan.value.next_after;
  } while (after !== null && stopwatch() < deps.runBudgetMs * SHARE_OF_PLANNING);
  report.unplannedAfter = after;
}

/**
 * Claims another batch only if one as slow as the slowest so far would still end within the budget: a
 * function that the platform ends leaves its leases open.
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
    const send = (message: ClaimedMessage) => dispatch(message, deps).catch(() => FAULT);
    const dispatched: AsyncIterable<Dispatched> = pooledMap(
      deps.concurrency,
      claimed.value,
      send,
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
