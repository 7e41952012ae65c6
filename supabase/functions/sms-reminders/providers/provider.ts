/** One SMS, ready to be sent. */
export type OutgoingSms = {
  /** `sms_messages.id`, by which SMSAPI knows a second attempt and callbacks find their message. */
  id: string;
  /** E.164 */
  to: string;
  body: string;
  encoding: 'GSM-7' | 'UCS-2';
  /** The salon's own sender name; null for the one the provider is configured with. */
  sender: string | null;
  /** After that it is pointless. */
  expiresAt: Date;
};

/**
 * What became of an attempt.
 *
 * - `accepted`: the provider has it; its id is unknown when an earlier attempt brought it there.
 * - `permanent`: it will never accept this message.
 * - `transient`: certainly not sent, may be tried again.
 * - `account`: certainly not sent, and neither will any other message be until somebody acts.
 * - `ambiguous`: may have been sent.
 *
 * `code` is the provider's number or a word of ours, such as `21211`, `http_503` or `timeout`.
 * It can be stored and logged: it never holds text of the provider, who may quote the phone.
 */
export type SendResult =
  | { kind: 'accepted'; providerMessageId: string | null }
  | { kind: 'permanent'; code: string; optOut: boolean }
  | { kind: 'transient'; code: string; retryAfterSeconds: number | null }
  | { kind: 'account'; code: string }
  | { kind: 'ambiguous'; code: string };

/** An SMS that may have been sent at or after `since`. */
export type SentBefore = { to: string; body: string; since: Date };

/** Whether the provider has that SMS; `unavailable` when it could not be asked. */
export type LookupResult =
  | { kind: 'found'; providerMessageId: string }
  | { kind: 'not_found' }
  | { kind: 'unavailable'; code: string };

/** An SMS provider. Nothing here throws, and each call times out by itself. */
export interface SmsProvider {
  readonly name: 'log' | 'smsapi' | 'twilio';
  /** Whether the same id sent twice makes one SMS. */
  readonly idempotent: boolean;
  send(sms: OutgoingSms): Promise<SendResult>;
  /** Only where a second attempt would make a second SMS. */
  lookUp?(sms: SentBefore): Promise<LookupResult>;
}
