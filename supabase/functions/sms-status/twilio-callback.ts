import { readErrorCode, readMessageId, readTwilioSid } from '../../../shared/sms/identifiers.ts';
import type { Receipt } from './receipt.ts';
import { readReply, type Reply } from './reply.ts';

/** What Twilio posted: a receipt, or what somebody answered. */
export type TwilioCallback = { kind: 'receipt'; receipt: Receipt } | Reply;

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
function readInbound(form: URLSearchParams): Reply {
  return readReply({
    from: form.get('From') ?? '',
    body: form.get('Body') ?? '',
    replyId: readTwilioSid(form.get('MessageSid')) ?? '',
    optOutType: form.get('OptOutType'),
  });
}
