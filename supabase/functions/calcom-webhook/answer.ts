import type { ParseErrorCode } from '../../../shared/calcom/parse-delivery.ts';
import type { SignatureErrorCode } from '../../../shared/calcom/signature.ts';
import type { Enums } from '../../../shared/database.types.ts';
import { COMMON_ERRORS, type ErrorText, respondRefused } from '../_shared/refusal.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** The action of a delivery that could be read. */
export type WebhookAction = Exclude<Enums<'delivery_action'>, 'dead' | 'invalid' | 'refused'>;

/** Why a request is refused; each code has one HTTP status. */
export type WebhookErrorCode =
  | SignatureErrorCode
  | ParseErrorCode
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'request_timeout'
  | 'too_many_refusals'
  | 'server_misconfigured'
  | 'database_unavailable'
  | 'internal_error';

/**
 * The JSON body of an answer. `duration` is in milliseconds, `logId` is an id in `webhook_logs`,
 * `reason` says why a delivery was deferred, `paths` which members were unusable.
 */
export type WebhookAnswer =
  | {
    ok: true;
    action: WebhookAction;
    eventId: string | null;
    logId: string;
    duration: number;
    reason?: Enums<'delivery_reason'>;
  }
  | {
    ok: false;
    code: WebhookErrorCode;
    error: string;
    hint: string;
    paths?: string[];
    logId?: string;
  };

const DEFAULT_TEMPLATE_HINT =
  'The body is not what Cal.com sends by default: remove the custom payload template in Cal.com.';

const SAME_SECRET_HINT =
  'Enter the same secret in the webhook of Cal.com and in CALCOM_WEBHOOK_SECRET, or for a webhook ' +
  "of a salon's own run npm run calcom:register.";

/** No 3xx, after which Cal.com gives up, and no 410, after which it disables the webhook. */
const ERRORS: Record<WebhookErrorCode, ErrorText> = {
  method_not_allowed: {
    ...COMMON_ERRORS.method_not_allowed,
    hint: 'Send Cal.com webhooks with POST.',
  },
  server_misconfigured: {
    ...COMMON_ERRORS.server_misconfigured,
    hint: 'The log of this function names the variable to set or correct.',
  },
  payload_too_large: { ...COMMON_ERRORS.payload_too_large, hint: 'Send at most 256 KiB.' },
  request_timeout: {
    ...COMMON_ERRORS.request_timeout,
    hint: 'Send the whole body within ten seconds.',
  },
  signature_missing: {
    status: 401,
    error: 'Signature missing',
    hint: 'Set a secret in the webhook of Cal.com, so that it sends X-Cal-Signature-256.',
  },
  signature_unsigned: {
    status: 401,
    error: 'Signature missing',
    hint: `The webhook of Cal.com has no secret. ${SAME_SECRET_HINT}`,
  },
  signature_malformed: {
    status: 401,
    error: 'Signature malformed',
    hint: 'X-Cal-Signature-256 holds the HMAC-SHA256 of the body as 64 hexadecimal digits.',
  },
  signature_mismatch: {
    status: 401,
    error: 'Signature mismatch',
    hint: `${SAME_SECRET_HINT} The signature covers the exact bytes of the body.`,
  },
  too_many_refusals: {
    status: 429,
    error: 'Too many requests with a wrong signature',
    hint: SAME_SECRET_HINT,
  },
  invalid_json: { status: 400, error: 'Invalid payload', hint: DEFAULT_TEMPLATE_HINT },
  invalid_payload: {
    status: 400,
    error: 'Invalid payload',
    hint: 'The delivery is stored in webhook_logs: check the members named in paths.',
  },
  database_unavailable: {
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Send the same delivery again.',
  },
  internal_error: {
    ...COMMON_ERRORS.internal_error,
    hint: 'Send the same delivery again; see the log of this function.',
  },
};

/** Whether an action is one that a delivery which could be read has on arrival. */
export function isWebhookAction(action: Enums<'delivery_action'>): action is WebhookAction {
  return action !== 'dead' && action !== 'invalid' && action !== 'refused';
}

/** The response for an outcome that took `durationMs`. */
export function answer(outcome: Outcome, durationMs: number): Response {
  if (!outcome.ok) return answerRefusal(outcome);
  const { action, eventId, logId, reason } = outcome;
  const body: WebhookAnswer = {
    ok: true,
    action,
    eventId,
    logId,
    duration: durationMs,
    ...(reason === null ? {} : { reason }),
  };
  return Response.json(body);
}

function answerRefusal({ code, paths, logId, retryAfterSeconds }: Refusal): Response {
  const { status, error, hint } = ERRORS[code];
  const body: WebhookAnswer = {
    ok: false,
    code,
    error,
    hint: paths?.includes('triggerEvent') ? DEFAULT_TEMPLATE_HINT : hint,
    ...(paths === undefined ? {} : { paths }),
    ...(logId === undefined ? {} : { logId }),
  };
  return respondRefused({ status, body, allow: 'POST', retryAfterSeconds });
}
