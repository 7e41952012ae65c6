import { isRecord, ownMember, type UnknownRecord } from '../../../shared/json/records.ts';

/**
 * One page of bookings. `next`: the position of the page after it, null if this is the last one.
 * `total`: how many bookings there are, if Cal.com says so.
 */
export type PageContent = { bookings: unknown[]; total: number | null; next: string | null };

/** How a version of `GET /v2/bookings` divides its answer into pages. */
export type PageShape = {
  /** The `cal-api-version` that answers in this shape. */
  version: string;
  /** The parameters that ask for the page at a position; null is the first page. */
  parameters: (position: string | null) => Record<string, string>;
  /** Reads an answer; null if it does not have this shape. */
  read: (body: unknown, position: string | null) => PageContent | null;
};

/** Cal.com's own default in one version, and the most in the other. */
const PAGE_BOOKINGS = 100;

/**
 * Pages by offset. Some servers count for `hasNextPage` what the filters leave out, so the last page
 * is the one that is not full.
 */
const OFFSET_PAGES: PageShape = {
  version: '2024-08-13',
  parameters: (position) => ({ take: String(PAGE_BOOKINGS), skip: position ?? '0' }),
  read: (body, position) =>
    readPage(body, (bookings, pagination) => {
      const { itemsPerPage, hasNextPage, totalItems } = pagination;
      if (typeof itemsPerPage !== 'number' || typeof hasNextPage !== 'boolean') return null;
      const isFull = itemsPerPage > 0 && bookings.length >= itemsPerPage;
      return {
        bookings,
        total: typeof totalItems === 'number' ? totalItems : null,
        next: isFull ? String(Number(position ?? 0) + bookings.length) : null,
      };
    }),
};

/** Pages by cursor. */
const CURSOR_PAGES: PageShape = {
  version: '2026-05-01',
  parameters: (position) => ({
    limit: String(PAGE_BOOKINGS),
    ...(position === null ? {} : { cursor: position }),
  }),
  read: (body) =>
    readPage(body, (bookings, { hasMore, nextCursor }) => {
      if (hasMore === false) return { bookings, total: null, next: null };
      return hasMore === true && typeof nextCursor === 'string'
        ? { bookings, total: null, next: nextCursor }
        : null;
    }),
};

/**
 * The shapes we can read, in the order in which they are tried. The older version comes first: it is
 * in Cal.com's OpenAPI document and has been seen in live answers, the newer one only in its guide.
 */
export const PAGE_SHAPES: readonly [PageShape, ...PageShape[]] = [OFFSET_PAGES, CURSOR_PAGES];

function readPage(
  body: unknown,
  read: (bookings: unknown[], pagination: UnknownRecord) => PageContent | null,
): PageContent | null {
  const [bookings, pagination] = [ownMember(body, 'data'), ownMember(body, 'pagination')];
  return Array.isArray(bookings) && isRecord(pagination) ? read(bookings, pagination) : null;
}
