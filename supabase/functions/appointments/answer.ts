import type { EventType } from '../_shared/calcom/booking-actions.ts';
import type { SalonActionErrorCode } from '../_shared/calcom/salon-actions.ts';
import { readableByPages } from '../_shared/cors.ts';
import { COMMON_ERRORS, type ErrorText, type Refusal, respondRefused } from '../_shared/refusal.ts';
import type { Command } from './command.ts';

/** Why a request is refused. */
export type RefusalCode =
  | SalonActionErrorCode
  | 'unauthorized'
  | 'not_found'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'payload_too_large'
  | 'invalid_request'
  | 'too_early'
  | 'too_late'
  | 'server_misconfigured'
  | 'internal_error';

/** The result of a request. */
export type Outcome =
  | { ok: true; kind: 'preflight' }
  | { ok: true; kind: 'event_types'; salonId: string; eventTypes: EventType[] }
  | {
    ok: true;
    kind: 'done';
    action: Command['action'];
    salonId: string;
    eventId: string | null;
    isShown: boolean;
  }
  | Refusal<RefusalCode> & {
    salonId?: string;
    action?: Command['action'];
    /** Cal.com's own page for it. */
    url?: string;
    /** The member of the body that is wrong. */
    member?: string;
    retryAfterSeconds?: number | null;
  };

/** The answers of the function. */
export type AppointmentsAnswer =
  | { ok: true; action: Command['action']; eventId: string | null; shown: boolean }
  | { ok: true; eventTypes: EventType[] }
  | {
    ok: false;
    code: RefusalCode;
    error: string;
    hint: string;
    url?: string;
    member?: string;
  };

/** The answers to refused requests. 422: the request is fine, and cannot be done. */
export const ERRORS: Record<RefusalCode, ErrorText> = {
  unauthorized: {
    status: 401,
    error: 'Unauthorized',
    hint: 'Sign in again, and send the access token in Authorization and the key in apikey.',
  },
  not_found: {
    ...COMMON_ERRORS.not_found,
    hint: 'No such appointment, salon, client or pet is yours.',
  },
  method_not_allowed: { ...COMMON_ERRORS.method_not_allowed, hint: 'Use POST.' },
  request_timeout: {
    ...COMMON_ERRORS.request_timeout,
    hint: 'Send the whole body within ten seconds.',
  },
  payload_too_large: { ...COMMON_ERRORS.payload_too_large, hint: 'Send at most 4 KiB.' },
  invalid_request: {
    status: 400,
    error: 'Invalid request',
    hint: 'See docs/http-api.md for the members of each action.',
  },
  key_missing: {
    status: 422,
    error: 'The salon has no key to Cal.com',
    hint: 'Do it on the page in url, or let an owner store an API key of Cal.com.',
  },
  key_refused: {
    status: 422,
    error: 'Cal.com refused the salon’s key',
    hint:
      'Do it on the page in url. The key expired, or belongs to another account: store a new one.',
  },
  booking_not_found: {
    status: 422,
    error: 'Cal.com does not have it',
    hint: 'The booking, seat or event type is not in the Cal.com account of the salon’s key.',
  },
  slot_taken: {
    status: 422,
    error: 'The time cannot be booked',
    hint: 'It is taken, over, or outside the hours in Cal.com. Choose another.',
  },
  refused: {
    status: 422,
    error: 'Cal.com refused it',
    hint: 'Its settings do not allow this for the booking. Try it on the page in url.',
  },
  too_early: {
    status: 422,
    error: 'The appointment has not begun',
    hint: 'Whether the client came can be said once it has.',
  },
  too_late: {
    status: 422,
    error: 'The appointment is over',
    hint: 'Say whether the client came instead.',
  },
  request_key_reused: {
    status: 422,
    error: 'The request key belongs to another action',
    hint: 'Make a new requestKey for each action; repeat it only to repeat the action.',
  },
  in_progress: {
    status: 409,
    error: 'The same request is in progress',
    hint: 'Repeat it with the same requestKey in a few seconds.',
  },
  rate_limited: {
    status: 429,
    error: 'Cal.com is asked too often with the salon’s key',
    hint: 'Try again in a minute, with a new requestKey.',
  },
  calcom_unreachable: {
    status: 502,
    error: 'Cal.com did not answer',
    hint: 'It may still happen. Look at the appointment in a minute before you do it again.',
  },
  server_misconfigured: {
    ...COMMON_ERRORS.server_misconfigured,
    hint: 'The log of this function names the variable.',
  },
  internal_error: { ...COMMON_ERRORS.internal_error, hint: 'See the log of this function.' },
  database_unavailable: {
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Repeat it with the same requestKey.',
  },
};

/** Answers a page. */
export function respond(outcome: Exclude<Outcome, { kind: 'preflight' }>): Response {
  return readableByPages(outcome.ok ? Response.json(bodyOf(outcome)) : refused(outcome));
}

function bodyOf(
  outcome: Extract<Outcome, { kind: 'done' | 'event_types' }>,
): AppointmentsAnswer {
  if (outcome.kind === 'event_types') return { ok: true, eventTypes: outcome.eventTypes };
  const { action, eventId, isShown } = outcome;
  return { ok: true, action, eventId, shown: isShown };
}

function refused(outcome: Extract<Outcome, { ok: false }>): Response {
  const { code, url, member, retryAfterSeconds } = outcome;
  const { status, error, hint } = ERRORS[code];
  return respondRefused({
    status,
    body: {
      ok: false,
      code,
      error,
      hint,
      ...(url === undefined ? {} : { url }),
      ...(member ? { member } : {}),
    },
    allow: 'POST, OPTIONS',
    retryAfterSeconds: retryAfterSeconds ?? undefined,
  });
}
