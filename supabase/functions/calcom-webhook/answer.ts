import { STATUS_CODE } from 'std/http/status.ts';
import type { WebhookAnswer, WebhookErrorCode } from '../../../shared/calcom/webhook-answer.ts';
import type { Outcome, Refusal } from './outcome.ts';

const DEFAULT_TEMPLATE_HINT =
  'The body is not what Cal.com sends by default: remove the custom payload template in Cal.com.';

const SAME_SECRET_HINT =
  'Enter the same secret in the webhook of Cal.com and in CALCOM_WEBHOOK_SECRET, or for a webhook ' +
  "of a salon's own run npm run calcom:register.";

type ErrorText = { status: number; error: string; hint: string };

/** Cal.com gives up on a 3xx and switches the webhook off on a 410, so neither is among them. */
const ERRORS: Record<WebhookErrorCode, ErrorText> = {
  method_not_allowed: {
    status: STATUS_CODE.MethodNotAllowed,
    error: 'Method not allowed',
    hint: 'Send Cal.com webhooks with POST.',
  },
  server_misconfigured: {
    status: STATUS_CODE.InternalServerError,
    error: 'Server misconfigured',
    hint: 'The log of this function names the variable to set.',
  },
  payload_too_large: {
    status: STATUS_CODE.ContentTooLarge,
    error: 'Payload too large',
    hint: 'Send at most 256 KiB.',
  },
  signature_missing: {
    status: STATUS_CODE.Unauthorized,
    error: 'Signature missing',
    hint: 'Set a secret in the webhook of Cal.com, so that it sends X-Cal-Signature-256.',
  },
  signature_unsigned: {
    status: STATUS_CODE.Unauthorized,
    error: 'Signature missing',
    hint: `The webhook of Cal.com has no secret. ${SAME_SECRET_HINT}`,
  },
  signature_malformed: {
    status: STATUS_CODE.Unauthorized,
    error: 'Signature malformed',
    hint: 'X-Cal-Signature-256 holds the HMAC-SHA256 of the body as 64 hexadecimal digits.',
  },
  signature_mismatch: {
    status: STATUS_CODE.Unauthorized,
    error: 'Signature mismatch',
    hint: `${SAME_SECRET_HINT} The signature covers the exact bytes of the body.`,
  },
  too_many_refusals: {
    status: STATUS_CODE.TooManyRequests,
    error: 'Too many requests with a wrong signature',
    hint: SAME_SECRET_HINT,
  },
  invalid_json: {
    status: STATUS_CODE.BadRequest,
    error: 'Invalid payload',
    hint: DEFAULT_TEMPLATE_HINT,
  },
  invalid_payload: {
    status: STATUS_CODE.BadRequest,
    error: 'Invalid payload',
    hint: 'The delivery is kept in webhook_logs: compare the members named in paths.',
  },
  database_unavailable: {
    status: STATUS_CODE.ServiceUnavailable,
    error: 'Database unavailable',
    hint: 'Send the same delivery again.',
  },
  internal_error: {
    status: STATUS_CODE.InternalServerError,
    error: 'Internal error',
    hint: 'Send the same delivery again; the log of this function has the request.',
  },
};

/** The response for an outcome that took `durationMs`. */
export function answer(outcome: Outcome, durationMs: number): Response {
  if (!outcome.ok) return answerRefusal(outcome);
  const { action, eventId, logId, reason } = outcome;
  return respond(STATUS_CODE.OK, {
    ok: true,
    action,
    eventId,
    logId,
    duration: durationMs,
    ...(reason === null ? {} : { reason }),
  });
}

function answerRefusal(refusal: Refusal): Response {
  const { code, paths, logId, retryAfterSeconds } = refusal;
  const { status, error, hint } = ERRORS[code];
  const headers = new Headers();
  if (code === 'method_not_allowed') headers.set('allow', 'POST');
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return respond(status, {
    ok: false,
    code,
    error,
    hint: paths?.includes('triggerEvent') ? DEFAULT_TEMPLATE_HINT : hint,
    ...(paths === undefined ? {} : { paths }),
    ...(logId === undefined ? {} : { logId }),
  }, headers);
}

function respond(status: number, body: WebhookAnswer, headers?: Headers): Response {
  return Response.json(body, { status, ...(headers === undefined ? {} : { headers }) });
}
