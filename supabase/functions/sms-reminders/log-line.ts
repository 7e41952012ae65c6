import { codeOnly, type Level, logLine } from '../_shared/log.ts';
import type { RunReport } from './run.ts';

/** A run and when it ended. */
export type FinishedRun =
  & Pick<RunReport, 'counts' | 'code'>
  & { runId: string; provider: string; finishedAtMs: number };

/** One JSON line for a run. */
export function runLine({ runId, provider, counts, code, finishedAtMs }: FinishedRun): string {
  const msg = code === null ? 'run finished' : 'run finished with an error';
  return logLine(finishedAtMs, levelOf({ counts, code }), msg, {
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

function levelOf({ counts, code }: Pick<RunReport, 'counts' | 'code'>): Level {
  if (code !== null) return 'error';
  return counts.failed + counts.unknown + counts.broken > 0 ? 'warn' : 'info';
}
