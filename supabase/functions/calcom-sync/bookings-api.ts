import { type CalcomErrorCode, createCalcomApi } from '../../../shared/calcom/api.ts';
import { BOOKINGS_VERSION } from './api-booking.ts';
import { ownMember } from '../../../shared/json/records.ts';

/** How to reach Cal.com's API. */
export type ApiSettings = {
  apiUrl: string;
  requestTimeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/** A page of bookings, or why it could not be read. */
export type PageAnswer =
  | { ok: true; bookings: unknown[]; total: number | null; asOfMs: number }
  | { ok: false; code: CalcomErrorCode; retryAfterSeconds: number | null };

/** Asks for one page with these filters. Never throws. */
export type ListBookings = (query: Record<string, string>) => Promise<PageAnswer>;

/**
 * Cal.com reads from a copy of its database and its machines' clocks differ a little: what happened
 * within the last minute may be in an answer or not.
 */
const SETTLED_MS = 60_000;

/** Reads the bookings that a key can see. */
export function createBookingsApi(apiKey: string, settings: ApiSettings): ListBookings {
  let servedAtMs = Number.NaN;
  const fetch: typeof globalThis.fetch = async (...request) => {
    const response = await settings.fetch(...request);
    servedAtMs = Date.parse(response.headers.get('date') ?? '');
    return response;
  };
  const api = createCalcomApi({
    baseUrl: settings.apiUrl,
    apiKey,
    timeoutMs: settings.requestTimeoutMs,
    fetch,
  });

  return async (query) => {
    const askedAtMs = Date.now();
    servedAtMs = Number.NaN;
    const answer = await api.call({
      method: 'GET',
      path: '/bookings',
      query,
      version: BOOKINGS_VERSION,
    });
    if (!answer.ok) return answer;
    if (!Array.isArray(answer.data)) {
      return { ok: false, code: 'unreadable', retryAfterSeconds: null };
    }
    const total = ownMember(ownMember(answer.body, 'pagination'), 'totalItems');
    return {
      ok: true,
      bookings: answer.data,
      total: typeof total === 'number' ? total : null,
      asOfMs: asOf(askedAtMs, servedAtMs) - SETTLED_MS,
    };
  };
}

/**
 * When the question arrived there, at the latest: by our clock, or by theirs if that is behind, since
 * webhooks are dated by theirs.
 */
function asOf(askedAtMs: number, servedAtMs: number): number {
  const tookMs = Date.now() - askedAtMs;
  return Number.isNaN(servedAtMs) ? askedAtMs : Math.min(askedAtMs, servedAtMs - tookMs);
}
