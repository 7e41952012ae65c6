import { readErrorCode, readMessageId, readTwilioSid } from '../../../shared/sms/identifiers.ts';
import type { Receipt } from './receipt.ts';

/** What Twilio posted: a receipt, or that a person opts out or in. */
export type TwilioCallback =
  | { kind: 'receipt'; receipt: Receipt }
  | { kind: 'opt_out' | 'opt_in'; phone: string }
  | { kind: 'other' };

const STATUSES = new Map<string, Receipt['status']>([
  ['accepted', 'sent'],
  ['scheduled', 'sent'],
  ['queued', 'sent'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

const STATUS_PATTERN = /^[a-z_]{1,32}$/;
const E164_PATTERN = /^\+[1-9]\d{6,14}$/;

/** Words at which Twilio itself stops: twilio.com/docs/messaging/tutorials/advanced-opt-out. */
const STOP_WORDS: readonly string[] = [
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'],
];

/** Twilio also accepts YES, but people answer that to a question of the salon, too. */
const START_WORDS: readonly string[] = ['START', 'UNSTOP'];

/**
 * Reads a callback whose signature was verified. `messageId` is what the address it was posted to
 * says about our message. Never throws.
 */
export function readTwilioCallback(
  form: URLSearchParams,
  messageId: string | null,
): TwilioCallback {
  const status = form.get('MessageStatus');
  return status === null ? readInbound(form) : readStatus(form, status, messageId);
}

function readStatus(
  form: URLSearchParams,
  providerStatus: string,
  messageId: string | null,
): TwilioCallback {
  const ids = {
    messageId: readMessageId(messageId),
    providerMessageId: readTwilioSid(form.get('MessageSid')),
  };
  const named = ids.messageId !== null || ids.providerMessageId !== null;
  if (!named || !STATUS_PATTERN.test(providerStatus)) return { kind: 'other' };
  const receipt = {
    ...ids,
    status: STATUSES.get(providerStatus) ?? null,
    providerStatus,
    code: readErrorCode(form.get('ErrorCode')),
    // Twilio does not say when.
    at: null,
  };
  return { kind: 'receipt', receipt };
}

/** With Advanced Opt-Out, Twilio says what a text means, in any language. */
function readInbound(form: URLSearchParams): TwilioCallback {
  const phone = form.get('From') ?? '';
  const word = (form.get('OptOutType') ?? form.get('Body') ?? '').trim().toUpperCase();
  if (!E164_PATTERN.test(phone)) return { kind: 'other' };
  if (STOP_WORDS.includes(word)) return { kind: 'opt_out', phone };
  if (START_WORDS.includes(word)) return { kind: 'opt_in', phone };
  return { kind: 'other' };
}
