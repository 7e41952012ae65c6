import { codeOnly } from '../_shared/log-value.ts';
import type { Reparsed } from './reparse.ts';
import type { RunReport } from './run.ts';

/**
 * One JSON line for a run. The keys are a fixed list of numbers and codes, so that neither a person
 * nor a key can get into the log; which salon failed is in `calcom_sync_state`.
 */
export function runLine(report: RunReport, finishedAtMs: number): string {
  const { salons, counts, code, ms } = report;
  const failed = salons.flatMap(({ error }) => error === null ? [] : [error]);
  const level = code !== null ? 'error' : failed.length + counts.failed > 0 ? 'warn' : 'info';
  return JSON.stringify({
    ts: new Date(finishedAtMs).toISOString(),
    level,
    msg: code === null ? 'run finished' : 'run finished with an error',
    salons: salons.length,
    salons_failed: failed.length,
    seen: counts.seen,
    foreign: counts.foreign,
    unreadable: counts.unreadable,
    applied: counts.applied,
    unchanged: counts.unchanged,
    stale: counts.stale,
    deferred: counts.deferred,
    failed: counts.failed,
    duration_ms: ms,
    code: codeOnly(code ?? failed[0] ?? null),
  });
}

/** One JSON line for deliveries that were read again. */
export function reparseLine({ read, unreadable }: Reparsed, finishedAtMs: number): string {
  const ts = new Date(finishedAtMs).toISOString();
  return JSON.stringify({ ts, level: 'info', msg: 'deliveries read again', read, unreadable });
}
