import { readErrorCode, readMessageId, readTwilioSid } from '../../../shared/sms/identifiers.ts';
import type { Receipt } from './receipt.ts';

/** What Twilio posted: about a message of ours, or a person's wish to get none or some again. */
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

/** The words on which Twilio itself stops sending, twilio.com/docs/messaging/tutorials/advanced-opt-out. */
const STOP_WORDS: readonly string[] = [
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'],
];

/** Twilio starts again on YES, too, but people also say that to a question of the salon. */
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

/** With Advanced Opt-Out Twilio tells what it made of the text, in any language; otherwise not. */
function readInbound(form: URLSearchParams): TwilioCallback {
  const phone = form.get('From') ?? '';
  const word = (form.get('OptOutType') ?? form.get('Body') ?? '').trim().toUpperCase();
  if (!E164_PATTERN.test(phone)) return { kind: 'other' };
  if (STOP_WORDS.includes(word)) return { kind: 'opt_out', phone };
  if (START_WORDS.includes(word)) return { kind: 'opt_in', phone };
  return { kind: 'other' };
}
