import { ownMember } from '../../../../shared/json/records.ts';
import type { HttpAnswer } from '../../../../shared/http/request-json.ts';
import { isSuccess, statusCode } from './http-status.ts';
import { readTwilioSid } from '../../../../shared/sms/identifiers.ts';
import type { LookupResult, SentBefore } from './provider.ts';

/** How far Twilio's clock may be behind ours. */
const CLOCK_SKEW_MS = 2 * 60 * 1000;

const PAGE_SIZE = 50;

/** The address of what was sent to that number since that day, which Twilio counts in UTC. */
export function lookUpUrl(messagesUrl: string, { to, since }: SentBefore): string {
  const day = earliest(since).toISOString().slice(0, 10);
  const query = new URLSearchParams({ To: to, 'DateSent>': day, PageSize: String(PAGE_SIZE) });
  return `${messagesUrl}?${query}`;
}

/**
 * Finds the message in a page of them by its text. One that failed counts as well: it was sent, and
 * its callback tells the rest.
 */
export function findSent(answer: HttpAnswer, sms: SentBefore): LookupResult {
  const messages = ownMember(answer.body, 'messages');
  if (!isSuccess(answer.status) || !Array.isArray(messages)) {
    return { kind: 'unavailable', code: statusCode(answer.status) };
  }
  for (const message of messages) {
    const providerMessageId = readTwilioSid(ownMember(message, 'sid'));
    if (providerMessageId !== null && isSame(message, sms)) {
      return { kind: 'found', providerMessageId };
    }
  }
  const complete = (ownMember(answer.body, 'next_page_uri') ?? null) === null;
  return complete ? { kind: 'not_found' } : { kind: 'unavailable', code: 'too_many_messages' };
}

function isSame(message: unknown, sms: SentBefore): boolean {
  // RFC 2822, such as `Tue, 24 Nov 2026 16:00:00 +0000`.
  const createdAtMs = Date.parse(String(ownMember(message, 'date_created')));
  return ownMember(message, 'body') === sms.body && createdAtMs >= earliest(sms.since).getTime();
}

function earliest(since: Date): Date {
  return new Date(since.getTime() - CLOCK_SKEW_MS);
}
