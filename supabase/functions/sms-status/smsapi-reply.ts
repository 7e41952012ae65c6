import { sha256Hex } from '../../../shared/text/hex.ts';
import { readReply, type Reply } from './reply.ts';

const FIELDS = ['sms_to', 'sms_from', 'sms_date', 'sms_text'] as const;

/**
 * Reads an incoming SMS: a POST with `sms_to`, `sms_from`, `sms_text`, `sms_date` and `username`, as
 * two public receivers of SMSAPI's callback read it. `MsgId` is the message that it answers, if any,
 * so the reply is identified by what it consists of; `sms_date` is in seconds.
 */
export async function readSmsapiReply(form: URLSearchParams): Promise<Reply> {
  const parts = FIELDS.map((name) => form.get(name) ?? '');
  const replyId = await sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
  const digits = (form.get('sms_from') ?? '').trim();
  return readReply({
    from: digits.startsWith('+') ? digits : `+${digits}`,
    body: form.get('sms_text') ?? '',
    replyId,
  });
}
