import { expect, test } from 'vitest';
import { requestJson } from '../../../shared/http/request-json.ts';

const LIMIT = { timeoutMs: 1_000, maxAnswerBytes: 10 };
const url = 'https://api.example/';

/** What a request makes of this answer, with what was sent. */
async function ask(answer: (init?: RequestInit) => Response | Promise<Response>) {
  const sent: RequestInit[] = [];
  const fetch: typeof globalThis.fetch = (_url, init) => {
    sent.push(init ?? {});
    return Promise.resolve(answer(init));
  };
  const init = { method: 'POST', body: 'a' };
  return { sent, result: await requestJson({ fetch, url, init, ...LIMIT }) };
}

test('an answer has its status, its JSON and how long to wait', async () => {
  const headers = { 'retry-after': '7' };
  const { sent, result } = await ask(() => new Response('{"a":"ż"}', { status: 429, headers }));
  expect(result).toEqual({
    ...{ kind: 'answer', status: 429, retryAfterSeconds: 7, body: { a: 'ż' } },
  });
  expect(sent).toEqual([
    { method: 'POST', body: 'a', redirect: 'manual', signal: expect.any(AbortSignal) },
  ]);
});

test.each([
  ['has the most bytes', '[12345678]', [12_345_678]],
  ['has one byte too many', '[123456789]', undefined],
  ['has too many bytes, though not characters', '["żżżż"]', undefined],
  ['is no JSON', '<html>', undefined],
  ['is empty', '', undefined],
])('the body of an answer that %s: %s', async (_what, text, body) => {
  const { result } = await ask(() => new Response(text));
  expect(result).toEqual({ kind: 'answer', status: 200, retryAfterSeconds: null, body });
});

test('an answer without a body keeps its status', async () => {
  const { result } = await ask(() => new Response(null, { status: 204 }));
  expect(result).toMatchObject({ status: 204, body: undefined });
});

test('a character may be split over two pieces of a body', async () => {
  const [first, second] = [[0x22, 0xc5], [0xbc, 0x22]].map((bytes) => Uint8Array.from(bytes));
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(first);
      controller.enqueue(second);
      controller.close();
    },
  });
  expect((await ask(() => new Response(body))).result).toMatchObject({ body: 'ż' });
});

test('a request without an answer is a fault, not an exception', async () => {
  const failing = await ask(() => Promise.reject(new TypeError('fetch failed')));
  expect(failing.result).toEqual({ kind: 'ambiguous', code: 'connection_lost' });
  const never = (init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  expect((await ask(never)).result).toEqual({ kind: 'ambiguous', code: 'timeout' });
});
