import { describe, expect, test } from 'vitest';
import { createBookingsApi } from '../../../supabase/functions/calcom-sync/bookings-api.ts';

const HOUR_MS = 3_600_000;
const BOOKINGS = [{ uid: 'first' }, { uid: 'second' }];

/** A page by offset that is full, and one by cursor that another follows. */
const OFFSET_PAGE = {
  status: 'success',
  data: BOOKINGS,
  pagination: { totalItems: 3, itemsPerPage: 2, currentPage: 0, hasNextPage: true },
};
const CURSOR_PAGE = {
  status: 'success',
  data: BOOKINGS,
  pagination: { nextCursor: 'opaque', hasMore: true },
};

/** The answers of a Cal.com to each version, or its status if it has no body. */
type Versions = Record<string, unknown>;

function connect(versions: Versions, headers = new Headers()) {
  const asked: { version: string | null; query: string }[] = [];
  const list = createBookingsApi('cal_key', {
    apiUrl: 'https://calcom.test/v2',
    requestTimeoutMs: 1000,
    fetch: (input, init) => {
      const version = new Headers(init?.headers).get('cal-api-version');
      asked.push({ version, query: new URL(String(input)).search });
      const answer = versions[version ?? ''] ?? 404;
      const response = typeof answer === 'number'
        ? new Response('{}', { status: answer })
        : new Response(JSON.stringify(answer), { headers });
      return Promise.resolve(response);
    },
  });
  return { asked, list };
}

describe('version 2024-08-13', () => {
  test('is asked for first, by offset', async () => {
    const { asked, list } = connect({ '2024-08-13': OFFSET_PAGE, '2026-05-01': CURSOR_PAGE });
    expect(await list({}, null)).toMatchObject({ bookings: BOOKINGS, total: 3, next: '2' });
    expect(await list({}, '2')).toMatchObject({ next: '4' });
    expect(asked).toEqual([
      { version: '2024-08-13', query: '?take=100&skip=0' },
      { version: '2024-08-13', query: '?take=100&skip=2' },
    ]);
  });

  test('ends with a page that is not full, whatever the total says', async () => {
    const pagination = { ...OFFSET_PAGE.pagination, itemsPerPage: 3 };
    const { list } = connect({ '2024-08-13': { ...OFFSET_PAGE, pagination } });
    expect(await list({}, null)).toMatchObject({ ok: true, next: null });
  });
});

describe('version 2026-05-01', () => {
  test.each([
    ['is gone', 404],
    ['is refused', 400],
    ['answers in the shape of the other', CURSOR_PAGE],
    ['answers in an old shape', { status: 'success', data: { bookings: [], nextCursor: null } }],
    ['answers without data', { status: 'success' }],
  ])('is asked for if the older one %s, and from then on', async (_what, answer) => {
    const { asked, list } = connect({ '2024-08-13': answer, '2026-05-01': CURSOR_PAGE });
    expect(await list({}, null)).toMatchObject({ ok: true, total: null, next: 'opaque' });
    await list({}, 'opaque');
    expect(asked.slice(1)).toEqual([
      { version: '2026-05-01', query: '?limit=100' },
      { version: '2026-05-01', query: '?limit=100&cursor=opaque' },
    ]);
  });

  test('ends with a page that has no more after it', async () => {
    const pagination = { nextCursor: null, hasMore: false };
    const { list } = connect({ '2026-05-01': { ...CURSOR_PAGE, pagination } });
    expect(await list({}, null)).toMatchObject({ ok: true, bookings: BOOKINGS, next: null });
  });
});

test.each<[string, unknown]>([
  ['has no pagination', { status: 'success', data: [] }],
  ['has other members to page by', { status: 'success', data: [], pagination: { page: 1 } }],
  ['has bookings that are no list', { ...OFFSET_PAGE, data: {} }],
  ['has more pages but no cursor', { ...CURSOR_PAGE, pagination: { hasMore: true } }],
])('a page that %s is not taken for an empty calendar', async (_what, answer) => {
  const { list } = connect({ '2024-08-13': answer, '2026-05-01': answer });
  expect(await list({}, null)).toEqual({
    ok: false,
    code: 'page_shape_unknown',
    retryAfterSeconds: null,
  });
});

test('a shape that changes in the middle of a query ends it', async () => {
  const versions: Versions = { '2024-08-13': OFFSET_PAGE, '2026-05-01': CURSOR_PAGE };
  const { asked, list } = connect(versions);
  await list({}, null);
  versions['2024-08-13'] = CURSOR_PAGE;
  expect(await list({}, '2')).toMatchObject({ ok: false, code: 'page_shape_unknown' });
  expect(asked).toHaveLength(2);
});

test('another error is not a question of the version', async () => {
  const { asked, list } = connect({ '2024-08-13': 401, '2026-05-01': CURSOR_PAGE });
  expect(await list({}, null)).toMatchObject({ ok: false, code: 'key_refused' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['our', 'Cal.com sends no date', null, 0],
  ['our', "Cal.com's clock is ahead", HOUR_MS, 0],
  ["Cal.com's", 'that is behind', -HOUR_MS, -HOUR_MS],
])(
  'an answer is as of a minute ago by %s clock if %s',
  async (_whose, _when, offByMs, expectedMs) => {
    const before = Date.now();
    const headers = new Headers();
    if (offByMs !== null) headers.set('date', new Date(before + offByMs).toUTCString());
    const answer = await connect({ '2024-08-13': OFFSET_PAGE }, headers).list({}, null);
    if (!answer.ok) throw new Error(answer.code);
    // A Date header has whole seconds.
    expect(answer.asOfMs).toBeGreaterThan(before + expectedMs - 60_000 - 1500);
    expect(answer.asOfMs).toBeLessThanOrEqual(Date.now() + expectedMs - 60_000);
  },
);
