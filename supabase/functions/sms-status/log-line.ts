import { codeOnly } from '../_shared/log-value.ts';
import { refusalLevel } from '../_shared/refusal-line.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** When a request came and how long it took. */
export type RequestTiming = { requestId: string; finishedAtMs: number; durationMs: number };

/**
 * One JSON line for a request. The keys are a fixed list of numbers and codes, so that neither a
 * phone nor the secret of an address can get into the log.
 */
export function logLine(outcome: Outcome, timing: RequestTiming): string {
  return JSON.stringify({
    ts: new Date(timing.finishedAtMs).toISOString(),
    level: levelOf(outcome),
    msg: outcome.ok ? 'report noted' : messageOf(outcome),
    request_id: timing.requestId,
    provider: outcome.gateway,
    kind: outcome.ok ? outcome.kind : null,
    applied: outcome.ok ? outcome.applied : 0,
    unknown: outcome.ok ? outcome.unknown : 0,
    duration_ms: timing.durationMs,
    code: outcome.ok ? null : outcome.code,
  });
}

function levelOf(outcome: Outcome): 'info' | 'warn' | 'error' {
  if (outcome.ok) return outcome.unknown > 0 ? 'warn' : 'info';
  return refusalLevel(outcome.code);
}

function messageOf({ cause }: Refusal): string {
  const known = codeOnly(cause);
  return known === null ? 'report refused' : `report refused: ${known}`;
}
