import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDataApi } from '../../../supabase/functions/_shared/data-api.ts';
import { callFunction } from '../../../supabase/functions/_shared/rpc.ts';
import { createFunctionCalls } from '../../../supabase/functions/calcom-webhook/function-calls.ts';

const fetchStub = vi.fn<typeof fetch>();
const project = { supabaseUrl: 'https://ref.supabase.co', supabaseKey: 'sb_secret' };

beforeEach(() => void vi.stubGlobal('fetch', fetchStub));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  fetchStub.mockReset();
});

describe.each([
  { client: 'postgrest-js', connect: createDataApi, query: '' },
  // PostgREST parses the body only to learn the names of the arguments.
  {
    client: 'the calls of calcom-webhook',
    connect: createFunctionCalls,
    query: '?columns=p_salon_id',
  },
])('through $client', ({ connect, query }) => {
  const call = (timeoutMs = 5000) =>
    callFunction(connect(project), 'webhook_secrets', { p_salon_id: 'salon-1' }, timeoutMs);

  test('a function is called with its arguments and the key', async () => {
    fetchStub.mockResolvedValue(Response.json(['secret']));
    expect(await call()).toEqual({ ok: true, value: ['secret'] });

    const [url, init] = fetchStub.mock.calls[0] ?? [];
    expect(url).toBe(`https://ref.supabase.co/rest/v1/rpc/webhook_secrets${query}`);
    expect(init).toMatchObject({ method: 'POST', body: '{"p_salon_id":"salon-1"}' });
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      apikey: 'sb_secret',
      authorization: 'Bearer sb_secret',
      'content-type': 'application/json',
    });
  });

  test('an answer without a body is null', async () => {
    fetchStub.mockResolvedValue(new Response(null, { status: 204 }));
    expect(await call()).toEqual({ ok: true, value: null });
  });

  test.each([
    ['an error of the database', Response.json({ code: '42501' }, { status: 403 }), '42501'],
    [
      'an error of the gateway',
      Response.json({ message: 'No key' }, { status: 401 }),
      'unreachable',
    ],
    ['a page', new Response('<html>', { status: 502 }), 'unreachable'],
    ['a page that claims success', new Response('<html>'), 'unreachable'],
  ])('%s has the code that the database gave, if any', async (_what, answer, code) => {
    fetchStub.mockResolvedValue(answer);
    expect(await call()).toEqual({ ok: false, code });
  });

  test('a database that cannot be reached is unreachable', async () => {
    fetchStub.mockRejectedValue(new TypeError('fetch failed'));
    expect(await call()).toEqual({ ok: false, code: 'unreachable' });
  });

  test('a database that does not answer in time is unreachable', async () => {
    fetchStub.mockImplementation(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        }),
    );
    expect(await call(10)).toEqual({ ok: false, code: 'unreachable' });
  });

  test('no timer is left after an answer', async () => {
    vi.useFakeTimers();
    fetchStub.mockResolvedValue(Response.json([]));
    await call();
    expect(vi.getTimerCount()).toBe(0);
  });
});
