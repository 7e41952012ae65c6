import {
  type CalcomApi,
  type CalcomCall,
  type CalcomErrorCode,
  createCalcomApi,
} from '../../../../shared/calcom/api.ts';
import { ONE_REQUEST } from '../../../../shared/http/one-request.ts';
import { completeAsOf } from './as-of.ts';

/** How to connect to Cal.com's API for actions of people, who wait for them. */
export type ActionSettings = {
  /** `https://api.cal.com/v2`, or that of a self-hosted Cal.com. */
  apiUrl: string;
  /** How long Cal.com may take for one request. */
  requestTimeoutMs: number;
  /** How long to wait, in milliseconds, before each look whether Cal.com shows what was done. */
  lookAfterMs: readonly number[];
  fetch: typeof globalThis.fetch;
};

/**
 * Why an action was not done.
 *
 * - `key_refused`: the salon's API key is wrong, expired, or may not do it
 * - `booking_not_found`: Cal.com does not have the booking, or it belongs to another account
 * - `slot_taken`: the time is taken, or Cal.com does not offer it
 * - `refused`: Cal.com does not allow it
 * - `rate_limited`: too many requests with this key
 * - `calcom_unreachable`: Cal.com failed or did not answer, and does not show that it was done; it
 *   may still happen
 */
export type ActionErrorCode =
  | 'key_refused'
  | 'booking_not_found'
  | 'slot_taken'
  | 'refused'
  | 'rate_limited'
  | 'calcom_unreachable';

/** An action that failed. */
export type ActionFailure = {
  ok: false;
  code: ActionErrorCode;
  retryAfterSeconds: number | null;
};

/** The answer to an action. */
export type ActionResult<Value> = { ok: true; value: Value } | ActionFailure;

/**
 * The `data` of Cal.com's answer, which contains everything that happened before `asOfMs`,
 * milliseconds since 1970.
 */
export type CallResult = { ok: true; data: unknown; asOfMs: number } | ActionFailure;

/** Sends one request, one after another. Never throws. */
export type Call = (call: CalcomCall) => Promise<CallResult>;

/**
 * How Cal.com words that a time cannot be booked: it has no code for it (calcom/cal.com apps/api/v2
 * errors.service.ts and bookings.service.ts). In other words it is `refused`.
 */
const SLOT_TAKEN =
  /already has booking at this time|can't be booked at the "start" time|in the past|no more seats/i;

/** Connects to Cal.com with a salon's key. No connection is kept: see {@link ONE_REQUEST}. */
export function createCall(apiKey: string, settings: ActionSettings): Call {
  const { apiUrl, requestTimeoutMs, fetch } = settings;
  let servedAtMs = NaN;
  const api: CalcomApi = createCalcomApi({
    baseUrl: apiUrl,
    apiKey,
    timeoutMs: requestTimeoutMs,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set(ONE_REQUEST.name, ONE_REQUEST.value);
      const response = await fetch(url, { ...init, headers });
      servedAtMs = Date.parse(response.headers.get('date') ?? '');
      return response;
    },
  });
  return async (call) => {
    const sentAtMs = Date.now();
    servedAtMs = NaN;
    const answer = await api.call(call);
    if (answer.ok) {
      return { ok: true, data: answer.data, asOfMs: completeAsOf(sentAtMs, servedAtMs) };
    }
    const { code, message, retryAfterSeconds } = answer;
    return { ok: false, code: actionError(code, message), retryAfterSeconds };
  };
}

function actionError(code: CalcomErrorCode, message: string | undefined): ActionErrorCode {
  if (code === 'unavailable' || code === 'unreadable') return 'calcom_unreachable';
  if (code === 'not_found') return 'booking_not_found';
  return code === 'refused' && SLOT_TAKEN.test(message ?? '') ? 'slot_taken' : code;
}
