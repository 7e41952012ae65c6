import { codeOnly, matching } from '../_shared/log-value.ts';
import { refusalLevel } from '../_shared/refusal-line.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** The trigger names of Cal.com and nothing that could carry anybody's data. */
const TRIGGER_PATTERN = /^\w{1,100}$/;

/** Ids are letters mixed with digits, which sorts out names and phone numbers. */
const OPAQUE_ID_PATTERN = /^(?=.*[A-Za-z])(?=.*\d)[\w-]{1,64}$/;

const UUID_PATTERN = /^[0-9a-f-]{36}$/;

/** When a request came and how long it took. */
export type RequestTiming = { requestId: string; finishedAtMs: number; durationMs: number };

/**
 * One JSON line for a request. The keys are a fixed list and every value has a narrow form, so
 * that neither a body nor an exception can put a person into the log.
 */
export function logLine(outcome: Outcome, timing: RequestTiming): string {
  return JSON.stringify({
    ts: new Date(timing.finishedAtMs).toISOString(),
    level: levelOf(outcome),
    msg: outcome.ok ? 'webhook processed' : messageOf(outcome),
    request_id: timing.requestId,
    trigger: outcome.trigger === undefined ? null : triggerName(outcome.trigger),
    salon_id: matching(UUID_PATTERN, outcome.salonId ?? null),
    booking_uid: outcome.ok ? matching(OPAQUE_ID_PATTERN, outcome.bookingUid) : null,
    action: outcome.ok ? outcome.action : null,
    log_id: outcome.logId ?? null,
    duration_ms: timing.durationMs,
    code: outcome.ok ? codeOnly(outcome.reason) : outcome.code,
  });
}

function levelOf(outcome: Outcome): 'info' | 'warn' | 'error' {
  if (outcome.ok) return 'info';
  return refusalLevel(outcome.code);
}

function messageOf({ cause }: Refusal): string {
  const known = codeOnly(cause ?? null);
  return known === null ? 'webhook refused' : `webhook refused: ${known}`;
}

function triggerName(trigger: string): string {
  return matching(TRIGGER_PATTERN, trigger) ?? 'unknown';
}
