import { expect, test } from 'vitest';
import type { ListBookings } from '../../../supabase/functions/calcom-sync/bookings-api.ts';
import {
  type BookingQuery,
  readPages,
} from '../../../supabase/functions/calcom-sync/pagination.ts';

const HOUR_MS = 3_600_000;
const FROM = '2026-09-01T00:00:00.000Z';
const timeOf = (hours: number) => new Date(Date.parse(FROM) + hours * HOUR_MS).toISOString();

const PAGE_BOOKINGS = 100;

/** Bookings that start at these hours, in an account whose "after" includes its bound or not. */
function account(hours: number[], includesBound: boolean) {
  const asked: { filters: Record<string, string>; position: string | null }[] = [];
  const list: ListBookings = (filters, position) => {
    asked.push({ filters, position });
    const after = filters['afterStart'] ?? '';
    const found = hours
      .map((hour, index) => ({ uid: `b${index}`, start: timeOf(hour) }))
      .filter(({ start }) => includesBound ? start >= after : start > after);
    const skip = Number(position ?? 0);
    const end = skip + PAGE_BOOKINGS;
    const bookings = found.slice(skip, end);
    const next = end < found.length ? String(end) : null;
    return Promise.resolve({ ok: true, bookings, total: found.length, next, asOfMs: 0 });
  };
  return { asked, list };
}

async function uidsOf(list: ListBookings, query?: BookingQuery) {
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

test('a server that answers with the same page for ever ends the query', async () => {
  const bookings = Array.from({ length: 100 }, (_, index) => ({ uid: `b${index}`, start: FROM }));
  const list: ListBookings = () =>
    Promise.resolve({ ok: true, bookings, total: null, next: 'same', asOfMs: 0 });
  expect(await uidsOf(list, { by: 'start', from: FROM })).toBe('page_shape_unknown');
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
    filters: {
      afterStart: '2026-08-31T23:59:59.999Z',
      beforeEnd: timeOf(9),
      sortStart: 'asc',
    },
    position: null,
  }]);
});

/** An account with one page, and perhaps another one after it. */
function onePage(bookings: unknown[], next: string | null): ListBookings {
  return () => Promise.resolve({ ok: true, bookings, total: null, next, asOfMs: 0 });
}

test.each([
  ['whose last booking has no time, before another page', [{}], 'next'],
  ['without bookings, before another page', [], 'next'],
  ['in another order', [{ start: timeOf(2) }, { start: timeOf(1) }], null],
])('a page %s ends the pages', async (_what, bookings, next) => {
  expect(await uidsOf(onePage(bookings, next))).toBe('page_shape_unknown');
});

test('unreadable bookings on the last page do not end the pages', async () => {
  expect(await uidsOf(onePage([null, { start: timeOf(1) }, {}], null))).toBe(3);
});

test('an error ends the pages', async () => {
  const refusal = { ok: false as const, code: 'rate_limited' as const, retryAfterSeconds: 7 };
  expect(await uidsOf(() => Promise.resolve(refusal))).toBe('rate_limited');
});

test('a server that lists earlier bookings, too, is asked for the next page of the same ones', async () => {
  const asked: unknown[] = [];
  const list: ListBookings = (filters, position) => {
    asked.push([filters['afterStart'], position]);
    const bookings = position === null ? [{ start: timeOf(-5) }] : [];
    const next = position === null ? 'next' : null;
    return Promise.resolve({ ok: true, bookings, total: null, next, asOfMs: 0 });
  };
  const pages: unknown[] = [];
  for await (const page of readPages(list, { by: 'start', from: FROM })) pages.push(page);
  expect(pages).toMatchObject([{ canPause: false, last: false }, { last: true }]);
  const after = '2026-08-31T23:59:59.999Z';
  expect(asked).toEqual([[after, null], [after, 'next']]);
});
