/** Who reports. */
export type GatewayName = 'smsapi' | 'twilio';

/** Why a request is refused. */
export type RefusalCode =
  | 'not_found'
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'signature_mismatch'
  | 'database_unavailable'
  | 'internal_error';

/** What a request came to, for the answer and for the log alike. */
export type Outcome = Success | Refusal;

/** The report was noted, or there was nothing in it to note. */
export type Success = {
  ok: true;
  gateway: GatewayName;
  /** What it was about: messages, or a person who wants none or some again. */
  kind: 'receipts' | 'opt_out' | 'opt_in' | 'other';
  /** How many messages or salons it changed something for. */
  applied: number;
  /** How many messages in it are none of ours. */
  unknown: number;
};

/** The request is refused, and nothing was written. */
export type Refusal = {
  ok: false;
  code: RefusalCode;
  gateway: GatewayName | null;
  /** For the log only: the variable to set, a code of the database, the class of an exception. */
  cause: string | null;
};

/** A refusal with what is known about it. */
export function refuse(
  code: RefusalCode,
  gateway: GatewayName | null = null,
  cause: string | null = null,
): Refusal {
  return { ok: false, code, gateway, cause };
}
