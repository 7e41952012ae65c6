import { expect, test } from 'vitest';
import { readBody } from '../../../supabase/functions/_shared/read-body.ts';

const LIMIT = 10;
const TOO_LARGE = { ok: false, code: 'payload_too_large' };

function streamed(body: ReadableStream, headers: HeadersInit = {}): Request {
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://localhost', init);
}

function request(chunks: string[], headers: HeadersInit = {}): Request {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(new TextEncoder().encode(chunk));
      }
      controller.close();
    },
  });
  return streamed(body, headers);
}

test.each([
  ['a declared length', { 'content-length': '9' }],
  ['no declared length', {}],
])('a body with %s is read whole', async (_how, headers) => {
  const body = await readBody(request(['{"ok":', '"ż"'], headers), LIMIT);
  expect(body).toEqual({ ok: true, bytes: new TextEncoder().encode('{"ok":"ż"') });
});

test('a request without a body has an empty one', async () => {
  const body = await readBody(new Request('http://localhost', { method: 'POST' }), LIMIT);
  expect(body).toEqual({ ok: true, bytes: new Uint8Array() });
});

test('a body of exactly the limit is read', async () => {
  expect(await readBody(request(['12345', '67890']), LIMIT)).toMatchObject({ ok: true });
});

test.each([
  ['that says so', { 'content-length': '11' }],
  ['that does not say so', {}],
  ['that says that it is short', { 'content-length': '5' }],
  ['with a length that is no number', { 'content-length': 'long' }],
])('a body beyond the limit %s is refused', async (_how, headers) => {
  expect(await readBody(request(['12345', '678901'], headers), LIMIT)).toEqual(TOO_LARGE);
});

test.each([
  ['of no declared length', {}],
  [
    'in chunks, in spite of a short declared length',
    { 'content-length': '5', 'transfer-encoding': 'chunked' },
  ],
])('a sender of an endless body %s is not listened to for ever', async (_how, headers) => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1024 * 1024;
      controller.enqueue(new Uint8Array(1024 * 1024));
    },
  });
  expect(await readBody(streamed(endless, headers), LIMIT)).toEqual(TOO_LARGE);
  expect(sent).toBeLessThan(8 * 1024 * 1024);
});

test.each([
  ['of no declared length', {}],
  ['that is shorter than it says', { 'content-length': '9' }],
])('a body %s that never ends is given up', async (_how, headers) => {
  const stalled = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('1234')),
  });
  expect(await readBody(streamed(stalled, headers), LIMIT, 50)).toEqual({
    ok: false,
    code: 'request_timeout',
  });
});
