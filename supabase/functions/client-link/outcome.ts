import type {
  ClientErrorCode,
  ClientResult,
  ClientView,
} from '../../../shared/client-link/answers.ts';
import { readableByPages } from '../_shared/cors.ts';
import type { RequestLog } from '../_shared/handle-request.ts';
import { COMMON_ERRORS, type ErrorText, type Refusal, respondRefused } from '../_shared/refusal.ts';

/** The result of a request. */
export type Outcome =
  | { ok: true; action: 'show'; view: ClientView }
  | { ok: true; action: 'coming' | 'cancel' | 'move'; salonId: string | null; answer: ClientResult }
  | Refusal<ClientErrorCode> & { retryAfterSeconds?: number };

const ERRORS: Record<ClientErrorCode, ErrorText> = {
  invalid_request: {
    status: 400,
    error: 'Invalid request',
    hint: 'Send JSON with an action and a token; an answer also needs eventId and start.',
  },
  not_found: {
    status: 404,
    error: 'Not found',
    hint: 'The link is wrong, or its appointments are over.',
  },
  moved: {
    status: 412,
    error: 'The appointment moved',
    hint: 'Show it again: the answer is about another start.',
  },
  too_late: {
    status: 403,
    error: 'Too late to change the appointment here',
    hint: 'Phone the salon.',
  },
  rate_limited: {
    status: 429,
    error: 'Too many requests',
    hint: 'Try again after the seconds in Retry-After.',
  },
  method_not_allowed: { ...COMMON_ERRORS.method_not_allowed, hint: 'Send it with POST.' },
  request_timeout: { ...COMMON_ERRORS.request_timeout, hint: 'Send the body within ten seconds.' },
  payload_too_large: { ...COMMON_ERRORS.payload_too_large, hint: 'Send at most 2 KiB.' },
  server_misconfigured: {
    ...COMMON_ERRORS.server_misconfigured,
    hint: 'The log of this function names the variable to set or correct.',
  },
  database_unavailable: {
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Try again after the seconds in Retry-After.',
  },
  internal_error: { ...COMMON_ERRORS.internal_error, hint: 'The log has the request id.' },
};

/** Neither the token nor anything that the page shows is logged. */
export const CLIENT_LINK_LOG: RequestLog<Outcome> = {
  subject: 'client link',
  success: ({ action }) => ({ msg: `client link ${action}` }),
  fields: (outcome) => ({
    salon_id: outcome.ok && 'salonId' in outcome ? outcome.salonId : null,
    result: outcome.ok && 'answer' in outcome ? outcome.answer.result : null,
  }),
};

/** Answers a page, whatever its origin. */
export function respond(outcome: Outcome): Response {
  return readableByPages(answer(outcome));
}

function answer(outcome: Outcome): Response {
  const headers = { 'cache-control': 'no-store' };
  if (!outcome.ok) {
    const { code, retryAfterSeconds } = outcome;
    const { status, error, hint } = ERRORS[code];
    const body = { ok: false, code, error, hint };
    return respondRefused({ status, body, allow: 'POST', retryAfterSeconds, headers });
  }
  const body = outcome.action === 'show' ? outcome.view : outcome.answer;
  return Response.json({ ok: true, ...body }, { headers });
}
