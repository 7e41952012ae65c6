import { type HttpAnswer, requestJson } from '../http/request-json.ts';
import { ownMember } from '../json/records.ts';

/** How to connect to Cal.com's API v2. */
export type CalcomApiConfig = {
  /** `https://api.cal.com/v2`, or that of a self-hosted Cal.com, without a trailing slash. */
  baseUrl: string;
  /** An API key of the salon's Cal.com account (`cal_…`). */
  apiKey: string;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/**
 * Why there is no usable answer from Cal.com.
 *
 * - `key_refused`: the API key is wrong, expired, or lacks the permission
 * - `not_found`: the resource does not exist, or belongs to another account
 * - `rate_limited`: 120 requests a minute for each key, unless Cal.com raised the limit
 * - `refused`: the request itself is invalid
 * - `unavailable`: Cal.com cannot be reached, or failed
 * - `unreadable`: the answer does not have the documented form
 */
export type CalcomErrorCode =
  | 'key_refused'
  | 'not_found'
  | 'rate_limited'
  | 'refused'
  | 'unavailable'
  | 'unreadable';

/**
 * The `data` of an answer and its whole body, or why there is none. `message`: Cal.com's words, which
 * may contain personal data.
 */
export type CalcomAnswer =
  | { ok: true; data: unknown; body: unknown }
  | { ok: false; code: CalcomErrorCode; retryAfterSeconds: number | null; message?: string };

/** A call of the API. */
export type CalcomCall = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path below the base URL, such as `/bookings`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** `cal-api-version`: every endpoint has its own versions, the oldest being the default. */
  version?: string;
};

/** Cal.com's API v2 for one account. */
export type CalcomApi = { call(call: CalcomCall): Promise<CalcomAnswer> };

/** The address of Cal.com's hosted API. */
export const CALCOM_API_URL = 'https://api.cal.com/v2';

/** Enough for a page of 250 bookings with long notes. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** What a header can carry. With anything else no request can be made. */
const SENDABLE_KEY = /^[\x21-\x7e]+$/;

/** How long Cal.com blocks a key that exceeded its rate, if the answer does not say. */
const BLOCK_SECONDS = 60;

/**
 * Connects to Cal.com. A call sends one request and never throws; the caller decides on retries.
 */
export function createCalcomApi(config: CalcomApiConfig): CalcomApi {
  const { baseUrl, apiKey, timeoutMs, fetch } = config;
  return {
    async call({ method, path, query = {}, body, version }) {
      if (!SENDABLE_KEY.test(apiKey)) {
        return { ok: false, code: 'key_refused', retryAfterSeconds: null };
      }
      const url = new URL(baseUrl + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const headers = new Headers({ authorization: `Bearer ${apiKey}` });
      if (version !== undefined) headers.set('cal-api-version', version);
      if (body !== undefined) headers.set('content-type', 'application/json');
      const init = {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const answer = await requestJson({
        fetch,
        url: url.href,
        init,
        timeoutMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
      return answer.kind === 'answer'
        ? judge(answer)
        : { ok: false, code: 'unavailable', retryAfterSeconds: null };
    },
  };
}

function judge({ status, body, retryAfterSeconds }: HttpAnswer): CalcomAnswer {
  const code = errorCode(status);
  if (code === 'rate_limited') {
    return { ok: false, code, retryAfterSeconds: retryAfterSeconds ?? BLOCK_SECONDS };
  }
  if (code !== null) {
    const message = ownMember(ownMember(body, 'error'), 'message');
    return typeof message === 'string'
      ? { ok: false, code, retryAfterSeconds, message }
      : { ok: false, code, retryAfterSeconds };
  }
  const data = ownMember(body, 'data');
  return ownMember(body, 'status') === 'success' && data !== undefined
    ? { ok: true, data, body }
    : { ok: false, code: 'unreadable', retryAfterSeconds: null };
}

function errorCode(status: number): CalcomErrorCode | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return 'key_refused';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  return status === 408 || status >= 500 ? 'unavailable' : 'refused';
}
