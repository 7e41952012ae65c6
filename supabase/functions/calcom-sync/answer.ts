import { COMMON_ERRORS, type ErrorText } from '../_shared/refusal.ts';
import { SCHEDULED_ERRORS } from '../_shared/scheduled-function.ts';
import type { Counts } from './counts.ts';
import type { Reparsed } from './reparse.ts';
import type { SalonReport } from './sync-salon.ts';

/** Why a request is refused. */
export type RefusalCode =
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'invalid_request'
  | 'salon_busy'
  | 'database_unavailable'
  | 'internal_error';

/** How far a salon is. `error` is that of `calcom_sync_state.last_error`. */
export type SalonAnswer = {
  ok: true;
  done: boolean;
  error: string | null;
  retryAfterSeconds: number | null;
  counts: Counts;
};

/** What the function answers. */
export type SyncAnswer =
  | { ok: true; started: true }
  | SalonAnswer
  | { ok: true } & Reparsed
  | { ok: false; code: RefusalCode; error: string; hint: string };

/** What refusals are answered with. */
export const ERRORS: Record<RefusalCode, ErrorText> = {
  ...SCHEDULED_ERRORS,
  invalid_request: {
    status: 400,
    error: 'Invalid request',
    hint: 'Send nothing, {"reparse": true}, or {"salonId": UUID} with from (ISO 8601 with a time ' +
      'zone) and wait (boolean) if you like.',
  },
  salon_busy: {
    status: 409,
    error: 'Salon busy or not to be synced',
    hint: 'Another run is at it, or there is no such salon with a Cal.com username.',
  },
  database_unavailable: {
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Ask again; the log of this function has the code.',
  },
};

/** The run has started and continues in the background. */
export function answerStarted(): Response {
  return respond({ ok: true, started: true }, 202);
}

/** The run for one salon is over. */
export function answerSalon(report: SalonReport): Response {
  const { done, error, retryAfterSeconds, counts } = report;
  return respond({ ok: true, done, error, retryAfterSeconds, counts });
}

/** The deliveries were parsed again. */
export function answerReparsed(reparsed: Reparsed): Response {
  return respond({ ok: true, ...reparsed });
}

function respond(body: SyncAnswer, status = 200): Response {
  return Response.json(body, { status });
}
