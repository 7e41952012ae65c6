import { COMMON_ERRORS, type ErrorText } from '../_shared/refusal.ts';
import { SCHEDULED_ERRORS } from '../_shared/scheduled-function.ts';
import type { Counts } from './counts.ts';
import type { Reparsed } from './reparse.ts';
import type { SalonReport } from './sync-salon.ts';

/** Why a request is refused. */
export type RefusalCode =
  | 'unauthorized'
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'request_timeout'
  | 'invalid_request'
  | 'salon_busy'
  | 'database_unavailable'
  | 'internal_error';

/** The progress of a salon. `error` is `calcom_sync_state.last_error`. */
export type SalonAnswer = {
  ok: true;
  done: boolean;
  error: string | null;
  retryAfterSeconds: number | null;
  counts: Counts;
};

/** The answers of the function. */
export type SyncAnswer =
  | { ok: true; started: true }
  | SalonAnswer
  | { ok: true } & Reparsed
  | { ok: false; code: RefusalCode; error: string; hint: string };

/** The answers to refused requests. */
export const ERRORS: Record<RefusalCode, ErrorText> = {
  ...SCHEDULED_ERRORS,
  invalid_request: {
    status: 400,
    error: 'Invalid request',
    hint:
      'Send nothing, {"reparse": true}, or {"salonId": UUID} with the optional members "from" ' +
      '(ISO 8601 with a time zone) and "wait" (boolean).',
  },
  salon_busy: {
    status: 409,
    error: 'Salon is busy or cannot be synced',
    hint: 'Another run is syncing the salon, or no such salon has a Cal.com username.',
  },
  database_unavailable: {
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Try again; the log of this function has the code.',
  },
};

/** The run has started and continues in the background. */
export function answerStarted(): Response {
  return respond({ ok: true, started: true }, 202);
}

/** The run for one salon has finished. */
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
