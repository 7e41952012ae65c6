import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SIGNATURE_HEADER } from '../../../shared/calcom/signature.ts';
import type { SalonSecrets } from '../../../supabase/functions/calcom-webhook/salon-secrets.ts';
import { verifyDelivery } from '../../../supabase/functions/calcom-webhook/verify.ts';

const BODY = '{"triggerEvent":"BOOKING_CREATED"}';
const ID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const [ONE, TWO] = ['one', 'two'].map((word) => word.padEnd(32, '-')) as [string, string];
const sign = (secret: string) => createHmac('sha256', secret).update(BODY).digest('hex');
const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');
const unknown: Awaited<ReturnType<SalonSecrets['of']>> = { ok: true, value: [] };
const failed = { ok: false as const, code: 'timeout' };

/** Verifies a delivery for an address, with the secrets of its salon at first and when read again. */
async function verify(
  { query = '', signature = null as string | null, shared = [] as string[] },
  { first = unknown, again = null as typeof unknown | null } = {},
) {
  const calls: string[] = [];
  const ofSalons: SalonSecrets = {
    of: (id) => {
      calls.push(`of ${id}`);
      return Promise.resolve(first);
    },
    renewed: (id) => {
      calls.push(`renewed ${id}`);
      return Promise.resolve(again);
    },
  };
  const headers = new Headers(signature === null ? {} : { [SIGNATURE_HEADER]: signature });
  const request = new Request(`https://barkbook.example/calcom-webhook${query}`, { headers });
  const body = new TextEncoder().encode(BODY);
  return { verdict: await verifyDelivery(request, body, { shared, ofSalons }), calls };
}

describe('a delivery for no salon in particular', () => {
  test('is verified against each shared secret', async () => {
    for (const secret of [ONE, TWO]) {
      expect(await verify({ signature: sign(secret), shared: [ONE, TWO] })).toEqual({
        verdict: { ok: true, text: BODY, sender: null },
        calls: [],
      });
    }
  });

  test('that is signed with another secret is refused', async () => {
    expect((await verify({ signature: sign(TWO), shared: [ONE] })).verdict)
      .toEqual({ ok: false, code: 'signature_mismatch', salonId: null });
    expect((await verify({ shared: [ONE] })).verdict)
      .toEqual({ ok: false, code: 'signature_missing', salonId: null });
  });

  test('cannot be verified without a shared secret', async () => {
    expect((await verify({ signature: sign(ONE) })).verdict)
      .toEqual({ ok: false, code: 'server_misconfigured', cause: 'CALCOM_WEBHOOK_SECRET' });
  });
});

describe('a delivery for a salon', () => {
  const query = `?salon=${ID.toUpperCase()}`;
  const found = (...secrets: string[]) => ({ ok: true as const, value: secrets });
  const mismatch = { ok: false, code: 'signature_mismatch', salonId: ID };
  const senderOf = (secret: string) => ({
    ...{ ok: true, text: BODY, sender: { salonId: ID, secretHash: hash(secret) } },
  });

  test('is verified against its secrets, and says which one signed', async () => {
    for (const secret of [ONE, TWO]) {
      expect(await verify({ query, signature: sign(secret) }, { first: found(ONE, TWO) })).toEqual({
        verdict: senderOf(secret),
        calls: [`of ${ID}`],
      });
    }
  });

  test('is never verified against the shared secrets', async () => {
    const signed = { query, signature: sign(ONE), shared: [ONE] };
    expect((await verify(signed, { first: found(TWO) })).verdict).toEqual(mismatch);
    expect((await verify(signed)).verdict).toEqual(mismatch);
  });

  test('is verified again if its secrets may have changed', async () => {
    const secrets = { first: found(ONE), again: found(TWO) };
    expect(await verify({ query, signature: sign(TWO) }, secrets)).toEqual({
      verdict: senderOf(TWO),
      calls: [`of ${ID}`, `renewed ${ID}`],
    });
    expect((await verify({ query, signature: sign('three') }, secrets)).verdict).toEqual(mismatch);
  });

  test('cannot be verified while the database fails', async () => {
    const unavailable = { ok: false, code: 'database_unavailable', cause: 'timeout' };
    const signature = sign(ONE);
    expect((await verify({ query, signature }, { first: failed })).verdict).toEqual(unavailable);
    expect((await verify({ query, signature }, { again: failed })).verdict).toEqual(unavailable);
  });

  test('with a malformed signature or id asks the database for nothing', async () => {
    expect(await verify({ query, signature: 'abc' })).toEqual({
      ...{ verdict: { ok: false, code: 'signature_malformed', salonId: ID }, calls: [] },
    });
    expect(await verify({ query: '?salon=psi', signature: sign(ONE) })).toMatchObject({
      ...{ verdict: { ok: false, code: 'signature_mismatch' }, calls: [] },
    });
    expect((await verify({ query: '?salon=psi', signature: 'abc' })).verdict)
      .toEqual({ ok: false, code: 'signature_malformed', salonId: null });
    expect(await verify({ query: '?salon=', signature: sign(ONE), shared: [ONE] })).toMatchObject({
      ...{ verdict: { ok: false, code: 'signature_mismatch' }, calls: [] },
    });
  });
});
