/** A booking as the API shows it. */
export type Output = Record<string, unknown>;

/** What the filters found; `total` ignores those by creation and update, as in many releases. */
export type Found = { bookings: Output[]; total: number };

/** How one version of `GET /v2/bookings` divides what it found into pages. */
export type Paging = {
  parameters: readonly string[];
  /** What is wrong with these parameters; null if nothing is. */
  complaint: (query: URLSearchParams) => string | null;
  /** The `data` and `pagination` of the page that is asked for. */
  page: (found: Found, query: URLSearchParams) => { data: Output[]; pagination: Output };
};

const DEFAULT_SIZE = 100;
const MAX_TAKE = 250;
const MAX_LIMIT = 100;

/** Version 2024-08-13: pages by offset. The first page has the number 0. */
const OFFSET_PAGING: Paging = {
  parameters: ['take', 'skip'],
  complaint: (query) => {
    const { take, skip } = readOffset(query);
    if (!isWhole(take, 1, MAX_TAKE)) return 'take must be from 1 to 250';
    return isWhole(skip, 0) ? null : 'skip must not be less than 0';
  },
  page: ({ bookings, total }, query) => {
    const { take, skip } = readOffset(query);
    const data = bookings.slice(skip, skip + take);
    const remainingItems = Math.max(0, total - skip - data.length);
    const pagination = {
      totalItems: total,
      remainingItems,
      returnedItems: data.length,
      itemsPerPage: take,
      currentPage: Math.floor(skip / take),
      totalPages: Math.ceil(total / take),
      hasNextPage: remainingItems > 0,
      hasPreviousPage: skip > 0,
    };
    return { data, pagination };
  },
};

/** Version 2026-05-01: pages by cursor, whose meaning is only known to Cal.com. */
const CURSOR_PAGING: Paging = {
  parameters: ['limit', 'cursor'],
  complaint: (query) => {
    const { limit, skip } = readCursor(query);
    if (!isWhole(limit, 1, MAX_LIMIT)) return 'limit must be from 1 to 100';
    return isWhole(skip, 0) ? null : 'cursor is invalid';
  },
  page: ({ bookings }, query) => {
    const { limit, skip } = readCursor(query);
    const data = bookings.slice(skip, skip + limit);
    const hasMore = skip + limit < bookings.length;
    return { data, pagination: { nextCursor: hasMore ? cursorOf(skip + limit) : null, hasMore } };
  },
};

/** The versions of the endpoint. */
export const PAGINGS: ReadonlyMap<string, Paging> = new Map([
  ['2024-08-13', OFFSET_PAGING],
  ['2026-05-01', CURSOR_PAGING],
]);

function readOffset(query: URLSearchParams) {
  return { take: Number(query.get('take') ?? DEFAULT_SIZE), skip: Number(query.get('skip') ?? 0) };
}

function readCursor(query: URLSearchParams) {
  const cursor = query.get('cursor');
  const skip = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  return { limit: Number(query.get('limit') ?? DEFAULT_SIZE), skip };
}

function cursorOf(skip: number): string {
  return Buffer.from(String(skip)).toString('base64url');
}

function isWhole(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
