import { type CalcomErrorCode, createCalcomApi } from '../../../shared/calcom/api.ts';
import { completeAsOf } from '../_shared/calcom/as-of.ts';
import { PAGE_SHAPES, type PageContent, type PageShape } from './page-shape.ts';

/** How to connect to Cal.com's API. */
export type ApiSettings = {
  apiUrl: string;
  requestTimeoutMs: number;
  fetch: typeof globalThis.fetch;
};

/**
 * Why a page could not be read. `page_shape_unknown`: Cal.com answered, but not with a list of
 * bookings and the members that lead to the next page, in the order that was asked for.
 */
export type PageErrorCode = CalcomErrorCode | 'page_shape_unknown';

/** A page of bookings, complete as of a time, or why it could not be read. */
export type PageAnswer =
  | { ok: true; asOfMs: number } & PageContent
  | { ok: false; code: PageErrorCode; retryAfterSeconds: number | null };

/** Reads the page at a position, or the first one, with these filters. Never throws. */
export type ListBookings = (
  filters: Record<string, string>,
  position: string | null,
) => Promise<PageAnswer>;

/** How Cal.com answers if it does not have a version, or changed it. */
const VERSION_ERRORS: ReadonlySet<PageErrorCode> = new Set([
  'page_shape_unknown',
  'unreadable',
  'refused',
  'not_found',
]);

/**
 * Reads the bookings that are visible with a key. A first page is asked for in the older version,
 * and in the newer one if Cal.com does not answer the older; from then on only the newer one is used.
 * The pages after it use the version of their first page.
 */
export function createBookingsApi(apiKey: string, settings: ApiSettings): ListBookings {
  const readPage = createPageReader(apiKey, settings);
  let shapes = PAGE_SHAPES;
  return async (filters, position) => {
    const [first, ...others] = shapes;
    const answer = await readPage(first, filters, position);
    // A position means nothing in another shape.
    if (answer.ok || !VERSION_ERRORS.has(answer.code) || position !== null) return answer;
    for (const other of others) {
      const otherAnswer = await readPage(other, filters, position);
      if (!otherAnswer.ok) continue;
      shapes = [other];
      return otherAnswer;
    }
    return answer;
  };
}

function createPageReader(apiKey: string, settings: ApiSettings) {
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

  return async (
    shape: PageShape,
    filters: Record<string, string>,
    position: string | null,
  ): Promise<PageAnswer> => {
    const sentAtMs = Date.now();
    servedAtMs = Number.NaN;
    const answer = await api.call({
      method: 'GET',
      path: '/bookings',
      query: { ...filters, ...shape.parameters(position) },
      version: shape.version,
    });
    if (!answer.ok) return answer;
    const content = shape.read(answer.body, position);
    if (content === null) return { ok: false, code: 'page_shape_unknown', retryAfterSeconds: null };
    return { ok: true, ...content, asOfMs: completeAsOf(sentAtMs, servedAtMs) };
  };
}
