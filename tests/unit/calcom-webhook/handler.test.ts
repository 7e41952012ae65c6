import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { SIGNATURE_HEADER } from '../../../shared/calcom/signature.ts';
import { type Deps, handle } from '../../../supabase/functions/calcom-webhook/handler.ts';
import type { SalonSecrets } from '../../../supabase/functions/calcom-webhook/salon-secrets.ts';
import type { Stored, Upsert } from '../../../supabase/functions/calcom-webhook/store.ts';
import { created, wrapped } from '../support/deliveries.ts';

const SECRET = 'shared'.padEnd(32, '-');
const OWN = 'own'.padEnd(32, '-');
const ID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const STORED: Stored = { action: 'applied', event_id: 'e', log_id: 'l', reason: null };

let upserts: Parameters<Upsert>[];
let lookUps: string[];
let counted: string[];
let lines: string[];
let stored: Awaited<ReturnType<Upsert>>;
let waitSeconds: number;
let deps: Deps;

beforeEach(() => {
  [upserts, lookUps, counted, lines, waitSeconds] = [[], [], [], [], 0];
  stored = { ok: true, value: STORED };
  const ofSalons: SalonSecrets = {
    of: () => Promise.resolve({ ok: true, value: [OWN] }),
    renewed: (id) => {
      lookUps.push(id);
      return Promise.resolve(null);
    },
  };
  let now = 1_000;
  deps = {
    now: () => now += 5,
    log: (line) => lines.push(line),
    refusals: {
      count: (address) => {
        counted.push(address);
        return waitSeconds;
      },
    },
    service: {
      ok: true,
      value: {
        secrets: { shared: [SECRET], ofSalons },
        upsert: (...args) => {
          upserts.push(args);
          return Promise.resolve(stored);
        },
        rateLimit: 120,
      },
    },
  };
});

const BODY = wrapped('BOOKING_CREATED');

async function send(
  { body = BODY, secret = SECRET, method = 'POST', query = '', headers = {} as HeadersInit } = {},
) {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const response = await handle(
    new Request(`http://localhost/calcom-webhook${query}`, {
      ...{ method, headers: { [SIGNATURE_HEADER]: signature, ...headers } },
      ...(method === 'POST' ? { body } : {}),
    }),
    deps,
  );
  return {
    ...{ status: response.status, answer: await response.json() },
    ...{ allow: response.headers.get('allow'), wait: response.headers.get('retry-after') },
  };
}
const logged = () => JSON.parse(lines.at(-1) ?? '{}');

test('a delivery is stored, and answered with what came of it', async () => {
  expect(await send()).toEqual({
    ...{ status: 200, allow: null, wait: null },
    answer: { ok: true, action: 'applied', eventId: 'e', logId: 'l', duration: 5 },
  });
  expect(upserts).toEqual([[{
    p_delivery_key: hash(BODY),
    p_webhook_type: 'BOOKING_CREATED',
    p_payload: JSON.parse(BODY),
    p_booking: created({}),
    p_error: null,
    p_rate_limit: 120,
  }, null]]);
  expect(counted).toEqual([]);
  expect(logged()).toMatchObject({ level: 'info', action: 'applied', log_id: 'l', salon_id: null });
});

test('a delivery that waits is answered with the reason', async () => {
  const waits = { action: 'deferred', event_id: null, reason: 'booking_unknown' } as const;
  stored = { ok: true, value: { ...STORED, ...waits } };
  expect((await send()).answer).toMatchObject({
    ...{ ok: true, action: 'deferred', eventId: null, reason: 'booking_unknown' },
  });
});

test('a trigger that is about no booking is stored without one', async () => {
  stored = { ok: true, value: { ...STORED, action: 'ignored', event_id: null } };
  expect((await send({ body: '{"triggerEvent":"OOO_CREATED","payload":{}}' })).status).toBe(200);
  expect(upserts[0]?.[0]).toMatchObject({ p_webhook_type: 'OOO_CREATED', p_booking: null });
  expect(upserts[0]?.[0].p_error).toBeNull();
});

describe('a delivery that cannot be read is stored and refused', () => {
  beforeEach(() => {
    stored = { ok: true, value: { ...STORED, action: 'invalid', event_id: null } };
  });

  test('if it is no JSON', async () => {
    expect(await send({ body: 'Termin' })).toMatchObject({
      ...{ status: 400, answer: { ok: false, code: 'invalid_json', logId: 'l' } },
    });
    expect(upserts[0]?.[0]).toMatchObject({
      ...{ p_webhook_type: 'unknown', p_booking: null, p_payload: { raw: 'Termin' } },
      p_error: 'Invalid payload: not JSON',
    });
  });

  test('if members are unusable', async () => {
    const body = JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload: { uid: 'a' } });
    const { status, answer } = await send({ body });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ code: 'invalid_payload', logId: 'l' });
    expect(answer.paths).toContain('payload.startTime');
    expect(upserts[0]?.[0].p_error).toBe(`Invalid payload: ${answer.paths.join(', ')}`);
    expect(logged()).toMatchObject({ trigger: 'BOOKING_CREATED', log_id: 'l' });
  });
});

describe('a delivery of a salon’s own webhook', () => {
  const query = `?salon=${ID}`;

  test('is stored for it', async () => {
    expect((await send({ query, secret: OWN })).status).toBe(200);
    expect(upserts[0]?.[1]).toEqual({ salonId: ID, secretHash: hash(OWN) });
    expect(logged()).toMatchObject({ salon_id: ID });
  });

  test('is refused if its secret was revoked meanwhile, and the secrets are read again', async () => {
    stored = { ok: true, value: { ...STORED, action: 'refused', log_id: null } };
    expect(await send({ query, secret: OWN })).toMatchObject({
      ...{ status: 401, answer: { code: 'signature_mismatch' } },
    });
    expect(lookUps).toEqual([ID]);
    expect(counted).toHaveLength(1);
  });
});

describe('a request is refused', () => {
  test('with another method', async () => {
    expect(await send({ method: 'GET' })).toMatchObject({ status: 405, allow: 'POST' });
    expect(upserts).toEqual([]);
  });

  test('if the function is not configured', async () => {
    deps = { ...deps, service: { ok: false, variable: 'NAME' } };
    expect(await send()).toMatchObject({ status: 500, answer: { code: 'server_misconfigured' } });
    expect(logged()).toMatchObject({ msg: 'webhook refused: NAME', level: 'error' });
  });

  test('if its body is longer than 256 KiB', async () => {
    expect(await send({ body: 'x'.repeat(256 * 1024 + 1) })).toMatchObject({ status: 413 });
    expect((await send({ body: 'x'.repeat(256 * 1024) })).status).not.toBe(413);
  });

  test('with a wrong signature, which is counted for its address', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect(await send({ secret: OWN, headers })).toMatchObject({
      ...{ status: 401, answer: { code: 'signature_mismatch' }, wait: null },
    });
    expect(counted).toHaveLength(1);
    expect(upserts).toEqual([]);
  });

  test('after too many wrong signatures, until it may try again', async () => {
    waitSeconds = 7;
    expect(await send({ secret: OWN })).toMatchObject({
      ...{ status: 429, answer: { code: 'too_many_refusals' }, wait: '7' },
    });
  });

  test('without counting it, if there is no secret to check it with', async () => {
    if (!deps.service.ok) throw new Error('not configured');
    deps.service.value.secrets.shared = [];
    expect(await send()).toMatchObject({ status: 500 });
    expect(logged()).toMatchObject({ msg: 'webhook refused: CALCOM_WEBHOOK_SECRET' });
    expect(counted).toEqual([]);
  });

  test('while the database fails, so that Cal.com sends it again', async () => {
    stored = { ok: false, code: 'timeout' };
    expect(await send()).toMatchObject({
      ...{ status: 503, answer: { code: 'database_unavailable' }, wait: '30' },
    });
    expect(logged()).toMatchObject({ trigger: 'BOOKING_CREATED', code: 'database_unavailable' });
    expect(counted).toEqual([]);
  });

  test('if the database answers what cannot be', async () => {
    for (const value of [{ ...STORED, action: 'dead' as const }, { ...STORED, log_id: null }]) {
      stored = { ok: true, value };
      expect(await send()).toMatchObject({ status: 500, answer: { code: 'internal_error' } });
    }
  });
});
