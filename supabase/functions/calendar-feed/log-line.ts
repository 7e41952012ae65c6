import { codeOnly } from '../_shared/log-value.ts';
import { refusalLevel } from '../_shared/refusal-line.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** When a request came and how long it took. */
export type RequestTiming = { requestId: string; finishedAtMs: number; durationMs: number };

/**
 * One JSON line for a request. The keys are a fixed list without the address, whose token would let
 * any reader of the log subscribe.
 */
export function logLine(outcome: Outcome, timing: RequestTiming): string {
  return JSON.stringify({
    ts: new Date(timing.finishedAtMs).toISOString(),
    level: levelOf(outcome),
    msg: outcome.ok ? `feed ${outcome.kind}` : messageOf(outcome),
    request_id: timing.requestId,
    salon_id: outcome.ok ? outcome.feed.salonId : null,
    visits: outcome.ok ? outcome.feed.visits : 0,
    bytes: outcome.ok ? outcome.feed.bytes.byteLength : 0,
    duration_ms: timing.durationMs,
    code: outcome.ok ? null : outcome.code,
  });
}

function levelOf(outcome: Outcome): 'info' | 'warn' | 'error' {
  if (outcome.ok) return 'info';
  return refusalLevel(outcome.code);
}

function messageOf({ cause }: Refusal): string {
  const known = codeOnly(cause);
  return known === null ? 'feed refused' : `feed refused: ${known}`;
}
