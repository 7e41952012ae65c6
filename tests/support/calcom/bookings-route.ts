import type { CalcomAccount } from './account.ts';
import { bookingOutput } from './booking-output.ts';
import type { RouteAnswer } from './server.ts';

const FILTERS = {
  afterStart: { member: 'start', keeps: 'later' },
  beforeEnd: { member: 'end', keeps: 'earlier' },
  afterCreatedAt: { member: 'createdAt', keeps: 'later' },
  beforeCreatedAt: { member: 'createdAt', keeps: 'earlier' },
  afterUpdatedAt: { member: 'updatedAt', keeps: 'later' },
  beforeUpdatedAt: { member: 'updatedAt', keeps: 'earlier' },
} as const;

const SORTS = {
  sortStart: 'start',
  sortEnd: 'end',
  sortCreated: 'createdAt',
  sortUpdatedAt: 'updatedAt',
} as const;

const OTHER_PARAMETERS = ['take', 'skip', 'bookingUid'];
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const DEFAULT_TAKE = 100;
const MAX_TAKE = 250;

type Output = Record<string, unknown>;

/** `GET /v2/bookings`: all statuses, inclusive filters, pages by offset. */
export function listBookings(account: CalcomAccount, query: URLSearchParams): RouteAnswer {
  const complaint = complaintAbout(query);
  if (complaint !== null) return badRequest(complaint);

  const all = [...account.bookings.map(bookingOutput), ...account.attended as Output[]]
    .filter(({ uid }) => !query.has('bookingUid') || query.get('bookingUid') === uid);
  const started = all.filter((booking) => passes(booking, query, ['afterStart', 'beforeEnd']));
  const found = started.filter((booking) => passes(booking, query, Object.keys(FILTERS)));
  const [sort] = Object.keys(SORTS).filter((name) => query.has(name));
  const sorted = sortBy(found, sort as keyof typeof SORTS | undefined, query.get(sort ?? ''));

  const take = Number(query.get('take') ?? DEFAULT_TAKE);
  const skip = Number(query.get('skip') ?? 0);
  const data = sorted.slice(skip, skip + take);
  // As in many releases, the total ignores the filters by creation and update.
  const totalItems = started.length;
  const remainingItems = Math.max(0, totalItems - skip - data.length);
  return {
    status: 200,
    body: {
      status: 'success',
      data,
      pagination: {
        totalItems,
        remainingItems,
        returnedItems: data.length,
        itemsPerPage: take,
        currentPage: Math.floor(skip / take) + 1,
        totalPages: Math.ceil(totalItems / take),
        hasNextPage: remainingItems > 0,
        hasPreviousPage: skip > 0,
      },
    },
  };
}

function passes(booking: Output, query: URLSearchParams, names: string[]): boolean {
  return names.every((name) => {
    const bound = query.get(name);
    if (bound === null) return true;
    const { member, keeps } = FILTERS[name as keyof typeof FILTERS];
    const value = booking[member];
    // As in SQL, null is neither later nor earlier.
    if (typeof value !== 'string') return false;
    const [time, limit] = [Date.parse(value), Date.parse(bound)];
    return keeps === 'later' ? time >= limit : time <= limit;
  });
}

function sortBy(
  bookings: Output[],
  sort: keyof typeof SORTS | undefined,
  direction: string | null,
): Output[] {
  const member = SORTS[sort ?? 'sortStart'];
  const sign = direction === 'desc' ? -1 : 1;
  const timeOf = (booking: Output) => Date.parse(String(booking[member]));
  return bookings.toSorted((one, other) => sign * (timeOf(one) - timeOf(other)));
}

function complaintAbout(query: URLSearchParams): string | null {
  for (const [name, value] of query) {
    if (name in FILTERS && !ISO_TIME.test(value)) return `${name} must be a valid ISO 8601 date`;
    if (name in SORTS && !['asc', 'desc'].includes(value)) return `${name} must be asc or desc`;
    const known = name in FILTERS || name in SORTS || OTHER_PARAMETERS.includes(name);
    if (!known) return `property ${name} should not exist`;
  }
  const take = Number(query.get('take') ?? DEFAULT_TAKE);
  const skip = Number(query.get('skip') ?? 0);
  if (!Number.isInteger(take) || take < 1 || take > MAX_TAKE) return 'take must be from 1 to 250';
  return Number.isInteger(skip) && skip >= 0 ? null : 'skip must not be less than 0';
}

function badRequest(message: string): RouteAnswer {
  const error = { code: 'BadRequestException', message, details: { message } };
  return { status: 400, body: { status: 'error', error } };
}
