import { expect, test } from 'vitest';
import { createCalcomApi } from '../../../shared/calcom/api.ts';

type Asked = { url: string; init: RequestInit };

function calcom(answer: () => Promise<Response>) {
  const asked: Asked[] = [];
  const fetch = (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    return answer();
  };
  const config = { baseUrl: 'https://calcom.test/v2', apiKey: 'cal_key', timeoutMs: 1000, fetch };
  return { asked, api: createCalcomApi(config) };
}

const json = (status: number, body: unknown, headers: HeadersInit = {}) => () =>
  Promise.resolve(Response.json(body, { status, headers }));

test('a call has the key, the version and the query, and follows no redirect', async () => {
  const { asked, api } = calcom(json(200, { status: 'success', data: [] }));
  await api.call({
    method: 'GET',
    path: '/bookings',
    query: { take: '250', afterUpdatedAt: '2026-11-26T10:00:00+01:00' },
    version: '2024-08-13',
  });
  expect(asked.map(({ url }) => url)).toEqual([
    'https://calcom.test/v2/bookings?take=250&afterUpdatedAt=2026-11-26T10%3A00%3A00%2B01%3A00',
  ]);
  expect(asked[0]?.init).toMatchObject({ method: 'GET', redirect: 'manual' });
  expect(Object.fromEntries(new Headers(asked[0]?.init.headers))).toEqual({
    'authorization': 'Bearer cal_key',
    'cal-api-version': '2024-08-13',
  });
});

test('a body is sent as JSON', async () => {
  const { asked, api } = calcom(json(201, { status: 'success', data: { id: 'w1' } }));
  await api.call({ method: 'POST', path: '/webhooks', body: { active: true } });
  expect(asked[0]?.init.body).toBe('{"active":true}');
  expect(new Headers(asked[0]?.init.headers).get('content-type')).toBe('application/json');
});

test('an answer has its data and, for the pagination, its whole body', async () => {
  const body = { status: 'success', data: [{ uid: 'a' }], pagination: { hasNextPage: false } };
  const { api } = calcom(json(200, body));
  expect(await api.call({ method: 'GET', path: '/bookings' }))
    .toEqual({ ok: true, data: body.data, body });
});

test.each([
  [401, 'key_refused', null],
  [403, 'key_refused', null],
  [404, 'not_found', null],
  [400, 'refused', null],
  [408, 'unavailable', null],
  [502, 'unavailable', null],
  [429, 'rate_limited', 60],
])('status %i means %s', async (status, code, retryAfterSeconds) => {
  const { api } = calcom(json(status, { status: 'error', error: {} }));
  expect(await api.call({ method: 'GET', path: '/bookings' }))
    .toEqual({ ok: false, code, retryAfterSeconds });
});

test('a rate-limited key waits as long as Cal.com says', async () => {
  const { api } = calcom(json(429, {}, { 'retry-after': '17' }));
  expect(await api.call({ method: 'GET', path: '/bookings' }))
    .toEqual({ ok: false, code: 'rate_limited', retryAfterSeconds: 17 });
});

test.each([
  ['no JSON', () => Promise.resolve(new Response('<html>'))],
  ['no data', json(200, { status: 'success' })],
  ['an error in a 200', json(200, { status: 'error', data: [] })],
])('%s is unreadable', async (_, answer) => {
  const { api } = calcom(answer);
  expect(await api.call({ method: 'GET', path: '/bookings' }))
    .toEqual({ ok: false, code: 'unreadable', retryAfterSeconds: null });
});

test('an unreachable Cal.com is unavailable', async () => {
  const { api } = calcom(() => Promise.reject(new TypeError('fetch failed')));
  expect(await api.call({ method: 'GET', path: '/bookings' }))
    .toEqual({ ok: false, code: 'unavailable', retryAfterSeconds: null });
});
