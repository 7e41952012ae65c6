import { ownMember } from '../../../../shared/json/records.ts';
import { requestProvider } from './request.ts';
import type { HttpAnswer } from '../../../../shared/http/request-json.ts';
import { isBusyOrBroken, isSuccess, judgeStatus } from './http-status.ts';
import { readErrorCode, readSmsapiId } from '../../../../shared/sms/identifiers.ts';
import type { OutgoingSms, SendResult, SmsProvider } from './provider.ts';
import { judgeSmsapiError } from './smsapi-errors.ts';

/** How to reach SMSAPI. */
export type SmsapiConfig = {
  /** An OAuth token with the right to send. */
  token: string;
  /** `https://api.smsapi.pl`, without a slash at the end. */
  baseUrl: string;
  /** A sender name verified at SMSAPI; null for the account's default. */
  sender: string | null;
  /** Where delivery reports go; null when there shall be none. */
  callbackUrl: string | null;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/** What SMSAPI allows between sending and expiry. */
const MIN_LIFETIME_SECONDS = 15 * 60;
const MAX_LIFETIME_SECONDS = 72 * 60 * 60;

/** How a message stands that SMSAPI has accepted. */
const ACCEPTED_STATUSES: readonly unknown[] = ['QUEUE', 'SENT', 'ACCEPTED', 'DELIVERED'];

/**
 * SMSAPI (smsapi.pl). It knows our id as `idx` and with `check_idx` refuses a second message under
 * it for 24 hours, so a message that may have been sent can simply be sent again until then.
 */
export function createSmsapiProvider(config: SmsapiConfig): SmsProvider {
  const { fetch, timeoutMs } = config;
  // A token that is no header value fails here, at the start, and not with each message.
  const headers = new Headers({ authorization: `Bearer ${config.token}` });
  const url = `${config.baseUrl}/sms.do`;
  return {
    name: 'smsapi',
    idempotent: true,
    send: async (sms) => {
      const init = { method: 'POST', headers, body: smsForm(sms, config) };
      const answer = await requestProvider({ fetch, url, init, timeoutMs });
      return answer.kind === 'answer' ? judge(answer, sms) : answer;
    },
  };
}

function smsForm(sms: OutgoingSms, config: SmsapiConfig): URLSearchParams {
  const form = new URLSearchParams({
    to: sms.to.replace('+', ''),
    message: sms.body,
    format: 'json',
    encoding: 'utf-8',
    idx: sms.id,
    check_idx: '1',
    // The salon's own quiet hours count, not those of the account.
    time_restriction: 'ignore',
    expiration_date: String(expiry(sms.expiresAt)),
  });
  const sender = sms.sender ?? config.sender;
  if (sender !== null) form.set('from', sender);
  if (config.callbackUrl !== null) form.set('notify_url', config.callbackUrl);
  // Had we counted the text wrongly, this makes it an error instead of twice the price.
  if (sms.encoding === 'GSM-7') form.set('nounicode', '1');
  return form;
}

/** Seconds since 1970. */
function expiry(expiresAt: Date): number {
  const now = Math.ceil(Date.now() / 1000);
  const wanted = Math.floor(expiresAt.getTime() / 1000);
  return Math.min(Math.max(wanted, now + MIN_LIFETIME_SECONDS), now + MAX_LIFETIME_SECONDS);
}

/** SMSAPI answers 200 to errors, too, of the whole request or of the one number in it. */
function judge(answer: HttpAnswer, sms: OutgoingSms): SendResult {
  if (isBusyOrBroken(answer.status)) return judgeStatus(answer);
  const row = onlyRow(answer.body);
  const error = readErrorCode(ownMember(answer.body, 'error')) ??
    readErrorCode(ownMember(row, 'error'));
  if (error !== null) return judgeSmsapiError(error, sms.sender !== null);
  if (isSuccess(answer.status) && ACCEPTED_STATUSES.includes(ownMember(row, 'status'))) {
    return { kind: 'accepted', providerMessageId: readSmsapiId(ownMember(row, 'id')) };
  }
  return judgeStatus(answer);
}

function onlyRow(body: unknown): unknown {
  const list = ownMember(body, 'list');
  return Array.isArray(list) ? list[0] : undefined;
}
