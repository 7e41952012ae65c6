import type { Reparsed } from './reparse.ts';
import type { SalonReport } from './sync-salon.ts';
import type { Counts } from './tally.ts';

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

type ErrorText = { status: number; error: string; hint: string };

const ERRORS: Record<RefusalCode, ErrorText> = {
  method_not_allowed: { status: 405, error: 'Method not allowed', hint: 'Start runs with POST.' },
  server_misconfigured: {
    status: 500,
    error: 'Server misconfigured',
    hint: 'Set this variable of the function:',
  },
  payload_too_large: { status: 413, error: 'Payload too large', hint: 'Send at most 4 KiB.' },
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
    status: 503,
    error: 'Database unavailable',
    hint: 'Ask again; the log of this function has the code.',
  },
  internal_error: {
    status: 500,
    error: 'Internal error',
    hint: 'The log of this function has the request.',
  },
};

/** The run has begun and goes on by itself. */
export function answerStarted(): Response {
  return respond(202, { ok: true, started: true });
}

/** The run for one salon is over. */
export function answerSalon(report: SalonReport): Response {
  const { done, error, retryAfterSeconds, counts } = report;
  return respond(200, { ok: true, done, error, retryAfterSeconds, counts });
}

/** The deliveries were read again. */
export function answerReparsed(reparsed: Reparsed): Response {
  return respond(200, { ok: true, ...reparsed });
}

/** The request is refused; nothing was asked of Cal.com. */
export function answerRefusal(code: RefusalCode, cause: string | null): Response {
  const { status, error, hint } = ERRORS[code];
  const variable = code === 'server_misconfigured' && cause !== null ? ` ${cause}` : '';
  const headers = new Headers();
  if (status === 405) headers.set('allow', 'POST');
  if (status === 503 || status === 409) headers.set('retry-after', '30');
  return respond(status, { ok: false, code, error, hint: hint + variable }, headers);
}

function respond(status: number, body: SyncAnswer, headers?: Headers): Response {
  return Response.json(body, { status, ...(headers === undefined ? {} : { headers }) });
}
