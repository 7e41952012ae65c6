import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDelivery } from '../../fixtures/calcom/deliveries.ts';
import {
  emptyCalendar,
  loadWorld,
  type Reply,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

const CREATED = readDelivery('001-chain-a-1-created');
const FORGED = readDelivery('110-sig-wrong-secret');

let webhook: Webhook;
/** The answer to a body that never ends, which is asked for first, since it takes long. */
let lateAnswer: Promise<Reply>;

beforeAll(async () => {
  webhook = await startWebhook();
  lateAnswer = sendWithoutEnd();
  await loadWorld(webhook.database);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

function sendWithoutEnd(): Promise<Reply> {
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
    }),
    duplex: 'half',
    signal: AbortSignal.timeout(15_000),
  };
  return webhook.request(init);
}

describe('the method', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is not allowed',
    async (method) => {
      const { status, headers } = await webhook.request({ method });
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('POST');
    },
  );
});

describe('the signature', () => {
  test('of another sender is refused without a database call', async () => {
    const before = webhook.api.restRequests();
    expect(await webhook.deliver(FORGED))
      .toMatchObject({ status: 401, body: { ok: false, code: 'signature_mismatch' } });
    expect(webhook.api.restRequests()).toBe(before);
  });

  test('is rate-limited after ten failures from one address', async () => {
    const headers = { ...FORGED.headers, 'x-forwarded-for': '10.0.0.1, 203.0.113.7' };
    const statuses = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      statuses.push((await webhook.deliver({ ...FORGED, headers })).status);
    }
    expect(statuses).toEqual(Array(10).fill(401));

    const limited = await webhook.deliver({ ...FORGED, headers });
    expect(limited).toMatchObject({ status: 429, body: { code: 'too_many_refusals' } });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  test('is limited whatever other hops the sender makes up', async () => {
    for (const madeUp of ['198.51.100.7', '198.51.100.8, 198.51.100.9', '']) {
      const headers = { ...FORGED.headers, 'x-forwarded-for': `${madeUp}, 203.0.113.7` };
      expect(await webhook.deliver({ ...FORGED, headers })).toMatchObject({ status: 429 });
    }
  });

  test('is accepted from an address that failed before, if it is valid', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect(await webhook.send(CREATED.text, headers)).toMatchObject({ status: 200 });
  });

  test('from another address is not affected', async () => {
    const headers = { ...FORGED.headers, 'x-forwarded-for': '198.51.100.1' };
    expect(await webhook.deliver({ ...FORGED, headers })).toMatchObject({ status: 401 });
  });
});

describe('the size', () => {
  const LIMIT_BYTES = 256 * 1024;

  function streamOf(bytes: number): ReadableStream<Uint8Array> {
    const chunk = new Uint8Array(16 * 1024).fill(0x20);
    let sent = 0;
    return new ReadableStream({
      pull(controller) {
        if (sent >= bytes) return controller.close();
        controller.enqueue(chunk);
        sent += chunk.byteLength;
      },
    });
  }

  test('of 256 KiB is read', async () => {
    const body = CREATED.text + ' '.repeat(LIMIT_BYTES - Buffer.byteLength(CREATED.text));
    expect(await webhook.send(body)).toMatchObject({ status: 200, body: { action: 'applied' } });
  });

  test('of one byte more is refused', async () => {
    expect(await webhook.send(' '.repeat(LIMIT_BYTES + 1)))
      .toMatchObject({ status: 413, body: { ok: false, code: 'payload_too_large' } });
  });

  test('is counted while reading when it is not declared', async () => {
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: streamOf(2 * LIMIT_BYTES),
      duplex: 'half',
    };
    expect(await webhook.request(init))
      .toMatchObject({ status: 413, body: { ok: false, code: 'payload_too_large' } });
  });
});

test('a body that never ends is refused after ten seconds', async () => {
  expect(await lateAnswer)
    .toMatchObject({ status: 408, body: { ok: false, code: 'request_timeout' } });
}, 20_000);
