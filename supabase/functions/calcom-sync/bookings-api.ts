import { type CalcomErrorCode, createCalcomApi } from '../../../shared/calcom/api.ts';
import { BOOKINGS_VERSION } from './api-booking.ts';
import { ownMember } from '../../../shared/json/records.ts';

/** How to connect to Cal.com's API. */
export type ApiSettings = {
  apiUrl: string;
  requestTimeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/** A page of bookings, or why it could not be read. */
export type PageAnswer =
  | { ok: true; bookings: unknown[]; total: number | null; asOfMs: number }
  | { ok: false; code: CalcomErrorCode; retryAfterSeconds: number | null };

/** Reads one page with these filters. Never throws. */
export type ListBookings = (query: Record<string, string>) => Promise<PageAnswer>;

/**
 * Cal.com reads from a replica and the clocks of its machines differ a little: an answer may or may
 * not contain what happened within the last minute.
 */
const SETTLED_MS = 60_000;

/** Reads the bookings that are visible with a key. */
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
    const sentAtMs = Date.now();
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
      asOfMs: asOf(sentAtMs, servedAtMs) - SETTLED_MS,
    };
  };
}

/**
 * When the request was sent, by our clock or by Cal.com's, whichever is behind: Cal.com dates its
 * webhooks by its own clock.
 */
function asOf(sentAtMs: number, servedAtMs: number): number {
  const tookMs = Date.now() - sentAtMs;
  return Number.isNaN(servedAtMs) ? sentAtMs : Math.min(sentAtMs, servedAtMs - tookMs);
}
