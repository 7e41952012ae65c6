import type { Enums } from '../../../../shared/database.types.ts';

/** One SMS, ready to be sent. */
export type OutgoingSms = {
  /** `sms_messages.id`: SMSAPI recognizes a second attempt by it, receipts find their message. */
  id: string;
  /** E.164 */
  to: string;
  body: string;
  encoding: Enums<'sms_encoding'>;
  /** The salon's own sender name; null for the one the provider is configured with. */
  sender: string | null;
  /** When it is too late to deliver it. */
  expiresAt: Date;
};

/**
 * What became of an attempt.
 *
 * - `accepted`: the provider has it. Its id is null if an earlier attempt brought it there.
 * - `permanent`: it will never accept this message.
 * - `transient`: certainly not sent, can be tried again.
 * - `account`: certainly not sent. No other message will be, either, until somebody acts.
 * - `ambiguous`: may have been sent.
 *
 * `code` is the provider's number or a word of ours, such as `21211`, `http_503` or `timeout`.
 * It can be stored and logged: it never contains text of the provider, which may quote the phone.
 */
export type SendResult =
  | { kind: 'accepted'; providerMessageId: string | null }
  | { kind: 'permanent'; code: string; optOut: boolean }
  | { kind: 'transient'; code: string; retryAfterSeconds: number | null }
  | { kind: 'account'; code: string }
  | { kind: 'ambiguous'; code: string };

/** An SMS that may have been sent at or after `since`. */
export type SentBefore = { to: string; body: string; since: Date };

/** Whether the provider has that SMS; `unavailable` if it could not be asked. */
export type LookupResult =
  | { kind: 'found'; providerMessageId: string }
  | { kind: 'not_found' }
  | { kind: 'unavailable'; code: string };

/** An SMS provider. Nothing here throws, and each call times out by itself. */
export interface SmsProvider {
  readonly name: Enums<'sms_provider'>;
  /** Whether the same id sent twice makes one SMS. */
  readonly idempotent: boolean;
  send(sms: OutgoingSms): Promise<SendResult>;
  /** Only where a second attempt would make a second SMS. */
  lookUp?(sms: SentBefore): Promise<LookupResult>;
}
