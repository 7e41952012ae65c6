import { afterEach, expect, test, vi } from 'vitest';
import { createLinkApi } from '../../../dashboard/client/link-api.ts';
import { browserLanguage } from '../../../dashboard/client/texts.ts';

const ANSWER = { action: 'coming', eventId: 'event', start: '2026-11-24T10:00:00Z' } as const;

afterEach(() => vi.unstubAllGlobals());

/** The page's API, with a function that answers like this. */
function apiAnswering(answer: () => Promise<Response>) {
  const fetch = vi.fn(answer);
  vi.stubGlobal('fetch', fetch);
  return { api: createLinkApi('https://project.supabase.co', 'abcdefghijkm'), fetch };
}

test.each([
  [['pl-PL', 'en'], 'pl'],
  [['en-GB', 'pl'], 'en'],
  [['uk-UA', 'pl', 'en'], 'pl'],
  [['uk-UA', 'plt'], null],
  [[], null],
])('a browser that prefers %j reads %s', (languages, language) => {
  expect(browserLanguage(languages)).toBe(language);
});

test('the token is posted in the body, and never a part of an address', async () => {
  const { api, fetch } = apiAnswering(() =>
    Promise.resolve(Response.json({ ok: true, result: 'recorded' }))
  );
  expect(await api.respond(ANSWER)).toMatchObject({ ok: true, value: { result: 'recorded' } });
  const [url, init] = fetch.mock.calls[0] as unknown as [URL, RequestInit];
  expect(url.href).toBe('https://project.supabase.co/functions/v1/client-link');
  expect(init.method).toBe('POST');
  expect(JSON.parse(String(init.body))).toEqual({ ...ANSWER, token: 'abcdefghijkm' });
});

test.each([
  ['not_found', 'gone'],
  ['invalid_request', 'gone'],
  ['moved', 'moved'],
  ['too_late', 'too_late'],
  ['rate_limited', 'too_many'],
  ['database_unavailable', 'failed'],
])('%s is told to the client as %s', async (code, problem) => {
  const { api } = apiAnswering(() =>
    Promise.resolve(Response.json({ ok: false, code }, { status: 400 }))
  );
  expect(await api.show()).toEqual({ ok: false, problem });
});

test.each<[string, () => Promise<Response>]>([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  [
    'a page of the host instead of an answer',
    () => Promise.resolve(new Response('<!doctype html>')),
  ],
])('with %s the client can try again', async (_what, answer) => {
  const { api } = apiAnswering(answer);
  expect(await api.show()).toEqual({ ok: false, problem: 'failed' });
});
