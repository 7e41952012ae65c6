import { codeOnly } from '../_shared/log-value.ts';
import type { RunReport } from './run.ts';

/** A run and when it ended. */
export type FinishedRun =
  & Pick<RunReport, 'counts' | 'code'>
  & { runId: string; provider: string; finishedAtMs: number };

/**
 * One JSON line for a run. The keys are a fixed list of numbers and codes, so that neither a phone
 * nor a text nor a token can get into the log.
 */
export function runLine({ runId, provider, counts, code, finishedAtMs }: FinishedRun): string {
  return JSON.stringify({
    ts: new Date(finishedAtMs).toISOString(),
    level: levelOf({ counts, code }),
    msg: code === null ? 'run finished' : 'run finished with an error',
    run_id: runId,
    provider,
    planned: counts.planned,
    skipped: counts.skipped,
    broken: counts.broken,
    claimed: counts.claimed,
    sent: counts.sent,
    retried: counts.retried,
    failed: counts.failed,
    unknown: counts.unknown,
    dropped: counts.dropped,
    duration_ms: counts.ms,
    code: codeOnly(code),
  });
}

function levelOf({ counts, code }: Pick<RunReport, 'counts' | 'code'>): 'info' | 'warn' | 'error' {
  if (code !== null) return 'error';
  return counts.failed + counts.unknown + counts.broken > 0 ? 'warn' : 'info';
}
