import type { CalcomAccount } from './account.ts';
import { bookingOutput } from './booking-output.ts';
import type { Output, Paging } from './pages.ts';
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

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** `GET /v2/bookings`: all statuses, inclusive filters, pages as in the version that is asked for. */
export function listBookings(
  account: CalcomAccount,
  query: URLSearchParams,
  paging: Paging,
): RouteAnswer {
  const complaint = complaintAbout(query, paging.parameters) ?? paging.complaint(query);
  if (complaint !== null) return badRequest(complaint);

  const all = [...account.bookings.map(bookingOutput), ...account.attended as Output[]]
    .filter(({ uid }) => !query.has('bookingUid') || query.get('bookingUid') === uid);
  const started = all.filter((booking) => passes(booking, query, ['afterStart', 'beforeEnd']));
  const found = started.filter((booking) => passes(booking, query, Object.keys(FILTERS)));
  const [sort] = Object.keys(SORTS).filter((name) => query.has(name));
  const bookings = sortBy(found, sort as keyof typeof SORTS | undefined, query.get(sort ?? ''));
  return {
    status: 200,
    body: {
      status: 'success',
      ...paging.page({ bookings, total: started.length }, query),
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

function complaintAbout(query: URLSearchParams, pageParameters: readonly string[]): string | null {
  for (const [name, value] of query) {
    if (name in FILTERS && !ISO_TIME.test(value)) return `${name} must be a valid ISO 8601 date`;
    if (name in SORTS && !['asc', 'desc'].includes(value)) return `${name} must be asc or desc`;
    const known = name in FILTERS || name in SORTS || name === 'bookingUid' ||
      pageParameters.includes(name);
    if (!known) return `property ${name} should not exist`;
  }
  return null;
}

/** What Cal.com answers to a request that it does not allow. */
export function badRequest(message: string): RouteAnswer {
  const error = { code: 'BadRequestException', message, details: { message } };
  return { status: 400, body: { status: 'error', error } };
}
