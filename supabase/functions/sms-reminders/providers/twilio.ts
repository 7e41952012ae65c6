import { ownMember } from '../../../../shared/json/records.ts';
import { requestProvider } from './request.ts';
import type { HttpAnswer } from '../../../../shared/http/request-json.ts';
import { isBusyOrBroken, isSuccess, judgeStatus } from './http-status.ts';
import { readErrorCode, readTwilioSid } from '../../../../shared/sms/identifiers.ts';
import type { OutgoingSms, SendResult, SmsProvider } from './provider.ts';
import { judgeTwilioError } from './twilio-errors.ts';
import { findSent, lookUpUrl } from './twilio-lookup.ts';

/** How to reach Twilio. One of `from` and `messagingServiceSid` is set; the service wins. */
export type TwilioConfig = {
  accountSid: string;
  authToken: string;
  /** A number or name of the account. */
  from: string | null;
  messagingServiceSid: string | null;
  /** `https://api.twilio.com`, without a slash at the end. */
  baseUrl: string;
  /** Where status callbacks go; null when there shall be none. */
  callbackUrl: string | null;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/** The longest time Twilio keeps a message in its queue. */
const MAX_VALIDITY_SECONDS = 36_000;

/**
 * Twilio Programmable Messaging. It has no idempotency key for messages, so after an attempt
 * without an answer its list is searched for the message.
 */
export function createTwilioProvider(config: TwilioConfig): SmsProvider {
  const { accountSid, authToken, fetch, timeoutMs } = config;
  const headers = new Headers({ authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` });
  const messagesUrl = `${config.baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return {
    name: 'twilio',
    idempotent: false,
    send: async (sms) => {
      const init = { method: 'POST', headers, body: messageForm(sms, config) };
      const answer = await requestProvider({ fetch, url: messagesUrl, init, timeoutMs });
      return answer.kind === 'answer' ? judge(answer, sms) : answer;
    },
    lookUp: async (sms) => {
      const url = lookUpUrl(messagesUrl, sms);
      const answer = await requestProvider({ fetch, url, init: { headers }, timeoutMs });
      if (answer.kind === 'answer') return findSent(answer, sms);
      return { kind: 'unavailable', code: answer.code };
    },
  };
}

function messageForm(sms: OutgoingSms, config: TwilioConfig): URLSearchParams {
  const secondsLeft = Math.floor((sms.expiresAt.getTime() - Date.now()) / 1000);
  const form = new URLSearchParams({
    To: sms.to,
    Body: sms.body,
    ValidityPeriod: String(Math.min(Math.max(1, secondsLeft), MAX_VALIDITY_SECONDS)),
  });
  const service = sms.sender === null ? config.messagingServiceSid : null;
  const from = sms.sender ?? config.from;
  if (service !== null) form.set('MessagingServiceSid', service);
  else if (from !== null) form.set('From', from);
  // A receipt that names our message finds it even when the answer with its SID was lost.
  if (config.callbackUrl !== null) {
    form.set('StatusCallback', `${config.callbackUrl}?message=${sms.id}`);
  }
  return form;
}

function judge(answer: HttpAnswer, sms: OutgoingSms): SendResult {
  const { status, body } = answer;
  if (isBusyOrBroken(status)) return judgeStatus(answer);
  const error = status >= 400 ? readErrorCode(ownMember(body, 'code')) : null;
  if (error !== null) return judgeTwilioError(error, status, sms.sender !== null);
  const sid = isSuccess(status) ? readTwilioSid(ownMember(body, 'sid')) : null;
  return sid === null ? judgeStatus(answer) : { kind: 'accepted', providerMessageId: sid };
}
