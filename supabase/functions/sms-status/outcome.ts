import type { Enums } from '../../../shared/database.types.ts';
import type { RequestLog } from '../_shared/handle-request.ts';
import { COMMON_ERRORS, type Refusal as AnyRefusal, respondRefused } from '../_shared/refusal.ts';

/** Who sends receipts. */
export type ProviderName = Exclude<Enums<'sms_provider'>, 'log'>;

/** Why a request is refused. */
export type RefusalCode =
  | 'not_found'
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'request_timeout'
  | 'signature_mismatch'
  | 'database_unavailable'
  | 'internal_error';

/** The result of a request, for the answer and for the log alike. */
export type Outcome = Success | Refusal;

/** The report was stored, or contained nothing to store. */
export type Success = {
  ok: true;
  provider: ProviderName;
  /** What it was about: messages, a person who opts out or in, or another answer of a person. */
  kind: 'receipts' | 'opt_out' | 'opt_in' | 'reply' | 'other';
  /** How many messages or salons it changed, or replies were new. */
  applied: number;
  /** How many receipts in it belong to no message, or replies to no salon. */
  unknown: number;
};

/** The request is refused, and nothing was written. */
export type Refusal = AnyRefusal<RefusalCode> & { provider?: ProviderName };

/** Numbers and codes, so that neither a phone nor the secret of an address can get into the log. */
export const STATUS_LOG: RequestLog<Outcome> = {
  subject: 'report',
  success: ({ unknown }) => ({ msg: 'report noted', level: unknown > 0 ? 'warn' : 'info' }),
  fields: (outcome) => ({
    provider: outcome.provider ?? null,
    kind: outcome.ok ? outcome.kind : null,
    applied: outcome.ok ? outcome.applied : 0,
    unknown: outcome.ok ? outcome.unknown : 0,
  }),
};

/** SMSAPI repeats a report until it reads exactly `OK`; Twilio is content with any 2xx. */
export function respond(outcome: Outcome): Response {
  const { provider } = outcome;
  if (outcome.ok) {
    return provider === 'smsapi' ? new Response('OK') : new Response(null, { status: 204 });
  }
  const { code } = outcome;
  const { status } = code === 'signature_mismatch' ? { status: 403 } : COMMON_ERRORS[code];
  const allow = provider === 'smsapi' ? 'GET, POST' : 'POST';
  return respondRefused({ status, body: { ok: false, code }, allow });
}
