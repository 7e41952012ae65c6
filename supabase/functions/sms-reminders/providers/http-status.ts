import type { HttpAnswer } from '../../../../shared/http/request-json.ts';
import type { SendResult } from './provider.ts';

const TOO_MANY_REQUESTS = 429;

/** A wrong token, or a wrong address to send to: no message gets through until that is fixed. */
const REFUSED_ACCOUNT = [401, 403, 404];

/** Whether an answer counts by its status, whatever a proxy or a failing server wrote below it. */
export function isBusyOrBroken(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= 500;
}

/**
 * What the status says of a message when the body gives no reason. A 429 was never processed, says
 * twilio.com/docs/api/errors/20429; after a 5xx the message may be on its way.
 */
export function judgeStatus({ status, retryAfterSeconds }: HttpAnswer): SendResult {
  const code = statusCode(status);
  if (status === TOO_MANY_REQUESTS) return { kind: 'transient', code, retryAfterSeconds };
  if (REFUSED_ACCOUNT.includes(status)) return { kind: 'account', code };
  return { kind: 'ambiguous', code };
}

/** The code of an answer that gives no other. */
export function statusCode(status: number): string {
  return isSuccess(status) ? 'unreadable_answer' : `http_${status}`;
}

/** Whether the status claims that all went well. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
