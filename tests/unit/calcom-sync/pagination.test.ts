import { expect, test } from 'vitest';
import {
  createBookingsApi,
  type PageAnswer,
} from '../../../supabase/functions/calcom-sync/bookings-api.ts';
import {
  type BookingQuery,
  readPages,
} from '../../../supabase/functions/calcom-sync/pagination.ts';

const HOUR_MS = 3_600_000;
const FROM = '2026-09-01T00:00:00.000Z';
const timeOf = (hours: number) => new Date(Date.parse(FROM) + hours * HOUR_MS).toISOString();

/** Bookings that start at these hours, in an account whose "after" includes its bound or not. */
function account(hours: number[], includesBound: boolean) {
  const asked: Record<string, string>[] = [];
  const list = (query: Record<string, string>): Promise<PageAnswer> => {
    asked.push(query);
    const after = query['afterStart'] ?? '';
    const found = hours
      .map((hour, index) => ({ uid: `b${index}`, start: timeOf(hour) }))
      .filter(({ start }) => includesBound ? start >= after : start > after);
    const skip = Number(query['skip']);
    const bookings = found.slice(skip, skip + Number(query['take']));
    return Promise.resolve({ ok: true, bookings, total: found.length, asOfMs: 0 });
  };
  return { asked, list };
}

async function uidsOf(
  list: (query: Record<string, string>) => Promise<PageAnswer>,
  query?: BookingQuery,
) {
  const uids = new Set<unknown>();
  for await (const page of readPages(list, query ?? { by: 'start', from: timeOf(-1) })) {
    if (!page.ok) return page.code;
    for (const booking of page.bookings) uids.add(JSON.stringify(booking));
  }
  return uids.size;
}

test.each([
  ['none', []],
  ['one', [1]],
  ['exactly a page', Array.from({ length: 100 }, (_, index) => index)],
  ['several pages', Array.from({ length: 350 }, (_, index) => index)],
  ['three pages that start at once', Array.from({ length: 250 }, () => 5)],
  [
    'pages full of equal starts among other bookings',
    Array.from({ length: 500 }, (_, index) => index % 3).sort(),
  ],
])('all bookings are found: %s', async (_name, hours) => {
  for (const includesBound of [true, false]) {
    expect(await uidsOf(account(hours, includesBound).list)).toBe(hours.length);
  }
});

test('a query that resumes where a page can pause misses no booking with the same start', async () => {
  const hours = [...Array.from({ length: 99 }, (_, index) => index), 99, 99, 99];
  for (const includesBound of [true, false]) {
    const { list } = account(hours, includesBound);
    const uids = new Set<unknown>();
    let from = timeOf(-1);
    for (let isOver = false; !isOver;) {
      const { value: page } = await readPages(list, { by: 'start', from }).next();
      if (!page?.ok || !page.canPause && !page.last) throw new Error('no page to go on from');
      for (const booking of page.bookings) uids.add(JSON.stringify(booking));
      from = page.reached ?? from;
      isOver = page.last;
    }
    expect(uids.size).toBe(hours.length);
  }
});

test('a page says how far it reaches and whether a query can resume there', async () => {
  const hours = [...Array.from({ length: 100 }, (_, index) => index), ...Array(150).fill(200)];
  const pages = [];
  for await (
    const page of readPages(account(hours, true).list, { by: 'start', from: timeOf(-1) })
  ) {
    if (page.ok) pages.push([page.reached, page.canPause, page.last]);
  }
  expect(pages).toEqual([
    [timeOf(99), true, false],
    [timeOf(200), true, false],
    [timeOf(200), false, false],
    [timeOf(200), false, true],
  ]);
});

test('a query has one order and one filter, and nothing else', async () => {
  const { asked, list } = account([1], true);
  await uidsOf(list, { by: 'start', from: '2026-09-01T00:00:00+00:00', until: timeOf(9) });
  expect(asked).toEqual([{
    afterStart: '2026-08-31T23:59:59.999Z',
    beforeEnd: timeOf(9),
    sortStart: 'asc',
    take: '100',
    skip: '0',
  }]);
});

test('a full page whose last booking has no time ends the pages', async () => {
  const bookings = Array.from({ length: 100 }, () => ({}));
  const list = () => Promise.resolve({ ok: true as const, bookings, total: null, asOfMs: 0 });
  expect(await uidsOf(list)).toBe('unreadable');
});

test('an error ends the pages', async () => {
  const refusal = { ok: false as const, code: 'rate_limited' as const, retryAfterSeconds: 7 };
  expect(await uidsOf(() => Promise.resolve(refusal))).toBe('rate_limited');
});

/** An answer of a server whose clock is off by this much. */
function served(offByMs: number | null) {
  const headers = new Headers();
  if (offByMs !== null) headers.set('date', new Date(Date.now() + offByMs).toUTCString());
  const body = JSON.stringify({ status: 'success', data: [], pagination: { totalItems: 3 } });
  return createBookingsApi('cal_key', {
    apiUrl: 'https://calcom.test/v2',
    requestTimeoutMs: 1000,
    fetch: () => Promise.resolve(new Response(body, { headers })),
  })({});
}

test.each([
  ['our', 'Cal.com sends no date', null, 0],
  ['our', "Cal.com's clock is ahead", HOUR_MS, 0],
  ["Cal.com's", 'that is behind', -HOUR_MS, -HOUR_MS],
])(
  'an answer is as of a minute ago by %s clock if %s',
  async (_whose, _when, offByMs, expectedMs) => {
    const before = Date.now();
    const answer = await served(offByMs);
    if (!answer.ok) throw new Error(answer.code);
    expect(answer.total).toBe(3);
    // A Date header has whole seconds.
    expect(answer.asOfMs).toBeGreaterThan(before + expectedMs - 60_000 - 1500);
    expect(answer.asOfMs).toBeLessThanOrEqual(Date.now() + expectedMs - 60_000);
  },
);
