import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ListBookings } from '../../../supabase/functions/calcom-sync/bookings-api.ts';
import type { LeasedSalon, Progress } from '../../../supabase/functions/calcom-sync/store.ts';
import {
  syncAllBookings,
  syncRecentBookings,
  type WindowDeps,
} from '../../../supabase/functions/calcom-sync/sync-windows.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const SALON: LeasedSalon = {
  ...{ salon_id: 's', cal_com_username: 'psi-styl', lease_token: 't' },
  ...{ created_cursor: '2026-11-23T11:00:00Z', updated_cursor: '2026-11-23T10:00:00Z' },
  ...{ scan_after: null, scan_total: null, scan_done: 0, scan_is_due: false },
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

type Answers = { [by: string]: { pages?: string[][]; fail?: boolean } };

/** Deps for an account whose windows have these pages of times. */
function account(answers: Answers = {}, more: Partial<WindowDeps> = {}, total?: number) {
  const asked: Record<string, string>[] = [];
  const saved: Progress[] = [];
  const list: ListBookings = (filters) => {
    asked.push(filters);
    const by =
      ['Created', 'Updated', 'Start'].find((name) =>
        Object.keys(filters).some((key) => key.startsWith(`after${name}`))
      ) ?? '';
    const { pages = [[]], fail = false } = answers[by] ?? {};
    if (fail) return Promise.resolve({ ok: false, code: 'unavailable', retryAfterSeconds: 7 });
    const [times = []] = pages.splice(0, 1);
    const member = { Created: 'createdAt', Updated: 'updatedAt', Start: 'start' }[by] ?? '';
    return Promise.resolve({
      ...{ ok: true, bookings: times.map((time) => ({ [member]: time })), asOfMs: NOW - 60_000 },
      ...{ total: total ?? null, next: pages.length > 0 ? 'more' : null },
    });
  };
  const deps: WindowDeps = {
    salon: SALON,
    list,
    store: {
      saveProgress: (_salon, progress) => {
        saved.push(progress);
        return Promise.resolve({ ok: true, value: true });
      },
    },
    mayContinue: () => true,
    applyPage: () => Promise.resolve(null),
    ...more,
  };
  return { asked, saved, deps };
}
const AS_OF = NOW - 60_000;
const time = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;

test('new bookings, changed ones and those of these days are read from where they begin', async () => {
  const { asked, saved, deps } = account({
    Created: { pages: [[time(11)]] },
    Updated: { pages: [[time(12)]] },
  });
  expect(await syncRecentBookings(deps)).toEqual({ stop: null, asOfMs: AS_OF });
  expect(asked).toEqual([
    { afterCreatedAt: '2026-11-23T10:49:59.999Z', sortCreated: 'asc' },
    { afterUpdatedAt: '2026-11-23T09:49:59.999Z', sortUpdatedAt: 'asc' },
    {
      ...{ afterStart: '2026-11-22T11:58:59.999Z', sortStart: 'asc' },
      beforeEnd: '2026-11-25T11:59:00.000Z',
    },
  ]);
  expect(saved).toEqual([{ createdCursor: time(11) }, { updatedCursor: time(12) }, {}]);
});

test('a new salon begins with the day before, and with Cal.com’s clock if it has no bookings', async () => {
  const salon = { ...SALON, created_cursor: null, updated_cursor: null };
  const { asked, saved, deps } = account({}, { salon });
  await syncRecentBookings(deps);
  expect(asked.slice(0, 2)).toEqual([
    { afterCreatedAt: '2026-11-22T11:59:59.999Z', sortCreated: 'asc' },
    { afterUpdatedAt: '2026-11-22T11:59:59.999Z', sortUpdatedAt: 'asc' },
  ]);
  const cursor = new Date(AS_OF).toISOString();
  expect(saved).toEqual([{ createdCursor: cursor }, { updatedCursor: cursor }, {}]);
});

test('without news the cursors stay', async () => {
  const { saved, deps } = account();
  await syncRecentBookings(deps);
  expect(saved).toEqual([
    { createdCursor: SALON.created_cursor },
    { updatedCursor: SALON.updated_cursor },
    {},
  ]);
});

test.each([
  ['is due', { scan_is_due: true }],
  ['is under way', { scan_after: time(1) }],
])('bookings of these days are left to a scan that %s', async (_what, more) => {
  const { asked, deps } = account({}, { salon: { ...SALON, ...more } });
  expect(await syncRecentBookings(deps)).toEqual({ stop: null, asOfMs: AS_OF });
  expect(asked).toHaveLength(2);
});

test.each([['Created', 1], ['Updated', 2], ['Start', 3]])(
  'a failure of the window %s ends the sync, with its reason',
  async (by, windows) => {
    const { asked, deps } = account({ [by]: { fail: true } });
    expect(await syncRecentBookings(deps)).toEqual({
      stop: { error: 'unavailable', retryAfterSeconds: 7 },
      asOfMs: null,
    });
    expect(asked).toHaveLength(windows);
  },
);

test('a run without time asks for nothing', async () => {
  const { asked, deps } = account({}, { mayContinue: () => false });
  expect(await syncRecentBookings(deps)).toEqual({ stop: null, asOfMs: null });
  expect(asked).toEqual([]);
});

test('a run that has no more time ends after a page, not within the last one', async () => {
  let left = 1;
  const { saved, deps } = account({ Created: { pages: [[time(11)], [time(12)]] } }, {
    mayContinue: () => left-- > 0,
  });
  expect(await syncRecentBookings(deps)).toEqual({ stop: null, asOfMs: null });
  expect(saved).toEqual([{ createdCursor: time(11) }]);
});

test.each<[string, Partial<WindowDeps>, string]>([
  [
    'a page that cannot be applied',
    { applyPage: () => Promise.resolve(stopped('57014')) },
    '57014',
  ],
  [
    'a lost lease',
    { store: { saveProgress: () => Promise.resolve({ ok: true as const, value: false }) } },
    'lease_lost',
  ],
  [
    'a database that fails',
    { store: { saveProgress: () => Promise.resolve({ ok: false as const, code: 'timeout' }) } },
    'timeout',
  ],
])('%s ends the sync', async (_what, more, error) => {
  const { asked, deps } = account({}, more);
  expect(await syncRecentBookings(deps)).toEqual({
    stop: { error, retryAfterSeconds: null },
    asOfMs: null,
  });
  expect(asked).toHaveLength(1);
});

const stopped = (error: string) => ({ error, retryAfterSeconds: null });

test('there is no scan that is neither due nor under way', async () => {
  const { asked, deps } = account();
  expect(await syncAllBookings(deps, AS_OF)).toEqual({ stop: null, done: true });
  expect(asked).toEqual([]);
});

test('a scan that is due begins two days ago and counts', async () => {
  const salon = { ...SALON, scan_is_due: true, scan_done: 5 };
  const { asked, saved, deps } = account(
    { Start: { pages: [[time(1)], [time(2)]] } },
    { salon },
    2,
  );
  expect(await syncAllBookings(deps, AS_OF)).toEqual({ stop: null, done: true });
  expect(asked[0]).toEqual({ afterStart: '2026-11-21T11:58:59.999Z', sortStart: 'asc' });
  const scanFrom = '2026-11-21T11:59:00.000Z';
  expect(saved).toEqual([
    { scanAfter: time(1), scanTotal: 2, scanDone: 1, scanFrom },
    { scanAfter: null, scanTotal: 2, scanDone: 2, scanFrom },
  ]);
});

test('a scan resumes where it was, and keeps its start and its count', async () => {
  const salon = { ...SALON, scan_after: time(3), scan_total: 9, scan_done: 4 };
  const { asked, saved, deps } = account(
    { Start: { pages: [[time(4)], [time(5)]] } },
    { salon },
    5,
  );
  await syncAllBookings(deps, AS_OF);
  expect(asked[0]).toEqual({ afterStart: '2026-11-23T02:59:59.999Z', sortStart: 'asc' });
  expect(saved).toEqual([
    { scanAfter: time(4), scanTotal: 9, scanDone: 5 },
    { scanAfter: null, scanTotal: 9, scanDone: 9 },
  ]);
});

test('a scan counts what it reads if Cal.com gives no number', async () => {
  const salon = { ...SALON, scan_after: time(3), scan_total: null, scan_done: 4 };
  const { saved, deps } = account({ Start: { pages: [[time(4), time(5)]] } }, { salon });
  await syncAllBookings(deps, AS_OF);
  expect(saved).toEqual([{ scanAfter: null, scanTotal: 6, scanDone: 6 }]);
});

test('a scan that fails is not done', async () => {
  const salon = { ...SALON, scan_is_due: true };
  const { deps } = account({ Start: { fail: true } }, { salon });
  expect(await syncAllBookings(deps, AS_OF)).toMatchObject({ done: false });
});
