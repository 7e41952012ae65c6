import { codeOnly, logLine } from '../_shared/log.ts';
import type { RunReport } from './run.ts';

/** The JSON log line of a run; `calcom_sync_state` shows which salon failed. */
export function runLine(report: RunReport, finishedAtMs: number): string {
  const { salons, counts, code, ms } = report;
  const failed = salons.flatMap(({ error }) => error === null ? [] : [error]);
  const level = code !== null ? 'error' : failed.length + counts.failed > 0 ? 'warn' : 'info';
  const msg = code === null ? 'run finished' : 'run finished with an error';
  return logLine(finishedAtMs, level, msg, {
    salons: salons.length,
    salons_failed: failed.length,
    seen: counts.seen,
    foreign: counts.foreign,
    unreadable: counts.unreadable,
    applied: counts.applied,
    unchanged: counts.unchanged,
    deferred: counts.deferred,
    failed: counts.failed,
    duration_ms: ms,
    code: codeOnly(code ?? failed[0] ?? null),
  });
}
