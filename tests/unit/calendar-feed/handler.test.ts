import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Deps, handle } from '../../../supabase/functions/calendar-feed/handler.ts';
import {
  isSalonFeed,
  type SalonFeed,
} from '../../../supabase/functions/calendar-feed/salon-feed.ts';

const TOKEN = '0a'.repeat(32);
const PATH = `/calendar-feed/${TOKEN}.ics`;
const FEED: SalonFeed = {
  ...{ salon_id: 's', name: 'Psi Styl', timezone: 'Europe/Warsaw', appointments: [] },
};

let tokens: string[];
let lines: string[];

beforeEach(() => {
  [tokens, lines] = [[], []];
});

type Read = Awaited<ReturnType<Extract<Deps['readFeed'], { ok: true }>['value']>>;

async function ask(
  { path = PATH, method = 'GET', headers = {} as HeadersInit },
  read: Read = { ok: true, value: FEED },
) {
  const readFeed: Deps['readFeed'] = {
    ok: true,
    value: (token) => {
      tokens.push(token);
      return Promise.resolve(read);
    },
  };
  const request = new Request(`http://localhost${path}`, { method, headers });
  const response = await handle(request, {
    now: () => 0,
    log: (line) => lines.push(line),
    readFeed,
  });
  return { response, text: await response.text() };
}
const logged = () => JSON.parse(lines.at(-1) ?? '{}');

test('a subscriber gets the calendar of the token', async () => {
  const { response, text } = await ask({});
  const bytes = Buffer.byteLength(text);
  expect(tokens).toEqual([TOKEN]);
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect({ status: response.status, ...Object.fromEntries(response.headers) }).toEqual({
    status: 200,
    'cache-control': 'private, no-cache',
    'content-disposition': 'inline; filename="calendar.ics"',
    'content-length': String(bytes),
    'content-type': 'text/calendar; charset=utf-8',
    etag: `"${createHash('sha256').update(text).digest('hex')}"`,
    'x-content-type-options': 'nosniff',
  });
  expect(logged()).toMatchObject({ msg: 'feed calendar', salon_id: 's', appointments: 0, bytes });
});

test('HEAD has the same headers and no body', async () => {
  const { response } = await ask({});
  const head = await ask({ method: 'HEAD' });
  expect(head.text).toBe('');
  expect(Object.fromEntries(head.response.headers)).toEqual(Object.fromEntries(response.headers));
});

test('what a subscriber has already is not sent again', async () => {
  const { response } = await ask({});
  const etag = response.headers.get('etag') ?? '';
  const again = await ask({ headers: { 'if-none-match': etag } });
  expect([again.response.status, again.text]).toEqual([304, '']);
  expect(Object.fromEntries(again.response.headers)).toEqual({
    ...{ etag, 'cache-control': 'private, no-cache' },
  });
  expect(logged()).toMatchObject({ msg: 'feed unchanged' });
  expect((await ask({ headers: { 'if-none-match': '"another"' } })).response.status).toBe(200);
});

describe('a request is refused', () => {
  test.each([
    `/x${PATH}`,
    `${PATH}x`,
    PATH.toUpperCase(),
    `/calendar-feed/${TOKEN}0.ics`,
    `/calendar-feed/${TOKEN.slice(1)}.ics`,
    `/calendar-feed/${TOKEN}xics`,
    '/calendar-feed',
  ])('without a database call if its path is %s', async (path) => {
    const { response, text } = await ask({ path });
    expect([response.status, text]).toEqual([404, '{"ok":false,"code":"not_found"}']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(tokens).toEqual([]);
    expect(logged()).toMatchObject({ salon_id: null, appointments: 0, bytes: 0 });
  });

  test('for an unknown token', async () => {
    expect((await ask({}, { ok: true, value: null })).response.status).toBe(404);
    expect(tokens).toEqual([TOKEN]);
  });

  test('while the database fails, or is not configured', async () => {
    expect((await ask({}, { ok: false, code: 'timeout' })).response.status).toBe(503);
    const readFeed = { ok: false, variable: 'NAME' } as const;
    const request = new Request(`http://localhost${PATH}`);
    expect((await handle(request, { now: () => 0, log: () => {}, readFeed })).status).toBe(500);
  });

  test('with another method', async () => {
    const { response } = await ask({ method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(tokens).toEqual([]);
  });
});

test('the path of a hosted function is ours, too', async () => {
  expect((await ask({ path: `/functions/v1${PATH}` })).response.status).toBe(200);
});

test('a feed has a salon, its name, its zone and a list', () => {
  expect(isSalonFeed(FEED)).toBe(true);
  for (const key of ['salon_id', 'name', 'timezone', 'appointments']) {
    expect(isSalonFeed({ ...FEED, [key]: 7 })).toBe(false);
  }
  expect([null, [], 'a'].map(isSalonFeed)).toEqual([false, false, false]);
});
