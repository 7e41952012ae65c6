import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Deps, handle } from '../../../supabase/functions/sms-status/handler.ts';
import type { Store } from '../../../supabase/functions/sms-status/store.ts';

const [SECRET, TOKEN, URL_OF] = ['sekret/0123456789', 'twilio-token', 'https://barkbook.example/s'];
const SID = 'SM0123456789abcdef0123456789abcdef';
const ID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const SMSAPI = `/sms-status/smsapi/${encodeURIComponent(SECRET)}`;

let calls: unknown[];
let fails: boolean;
let deps: Deps;
let lines: string[];

beforeEach(() => {
  [calls, fails, lines] = [[], false, []];
  const answer = <Value>(name: string, value: Value) => (...args: unknown[]) => {
    calls.push([name, ...args]);
    return Promise.resolve(
      fails ? { ok: false as const, code: 'timeout' } : { ok: true as const, value },
    );
  };
  const store: Store = {
    applyReceipts: answer('receipts', { applied: 1, unknown: 2 }),
    recordOptOut: answer('opt_out', 3),
    withdrawOptOut: answer('opt_in', 4),
    receiveReply: answer('reply', 'kept' as const),
  };
  deps = {
    now: () => 0,
    log: (line) => lines.push(line),
    store: { ok: true, value: store },
    smsapi: { ok: true, value: { secret: SECRET } },
    twilio: { ok: true, value: { authToken: TOKEN, publicUrl: URL_OF } },
  };
});

const missing = { ok: false, variable: 'NAME' } as const;
async function ask(path: string, init: RequestInit = {}) {
  const response = await handle(new Request(`http://localhost${path}`, init), deps);
  const text = await response.text();
  return { status: response.status, text, allow: response.headers.get('allow') };
}
const logged = () => JSON.parse(lines.at(-1) ?? '{}');
const refused = (code: string) => JSON.stringify({ ok: false, code });

describe('an address', () => {
  test.each([
    '/sms-status',
    '/sms-status/',
    '/sms-status/smsapi/',
    '/sms-status/twilio/',
    '/twilio',
  ])(
    '%s is none of ours',
    async (path) => {
      expect(await ask(path)).toMatchObject({ status: 404, text: refused('not_found') });
      expect(await ask(`/other${path}`)).toMatchObject({ status: 404 });
    },
  );

  test.each(['', '/functions/v1'])('may begin with %j', async (prefix) => {
    expect(await ask(`${prefix}${SMSAPI}`)).toMatchObject({ status: 200, text: 'OK' });
    expect(await ask(`${prefix}/sms-status/twilio`)).toMatchObject({ status: 405, allow: 'POST' });
    expect(await ask(`/x${prefix}${SMSAPI}`)).toMatchObject({ status: 404 });
    expect(await ask(`${prefix}${SMSAPI}/x`)).toMatchObject({ status: 404 });
  });

  test.each([
    'sekret',
    `${encodeURIComponent(SECRET)}0`,
    encodeURIComponent(SECRET).replace('s', 't'),
  ])(
    'with the secret %s looks like an unknown one',
    async (secret) => {
      expect(await ask(`/sms-status/smsapi/${secret}?MsgId=m1&status=404`)).toEqual({
        ...{ status: 404, text: refused('not_found'), allow: null },
      });
      expect(logged()).toMatchObject({
        msg: 'report refused: secret_mismatch',
        provider: 'smsapi',
      });
      expect(calls).toEqual([]);
    },
  );
});

describe('a report of SMSAPI', () => {
  test('is stored and answered with OK', async () => {
    expect(await ask(`${SMSAPI}?MsgId=m1&status=404&idx=${ID}`)).toMatchObject({
      ...{ status: 200, text: 'OK' },
    });
    expect(calls).toEqual([['receipts', 'smsapi', [
      expect.objectContaining({ messageId: ID, providerMessageId: 'm1', status: 'delivered' }),
    ]]]);
    expect(logged()).toMatchObject({
      ...{ provider: 'smsapi', kind: 'receipts', applied: 1, unknown: 2, level: 'warn' },
    });
  });

  test('without a receipt is answered with OK and stores nothing', async () => {
    expect(await ask(SMSAPI)).toMatchObject({ status: 200, text: 'OK' });
    expect(calls).toEqual([]);
    expect(logged()).toMatchObject({ kind: 'other', applied: 0, unknown: 0, level: 'info' });
  });

  test('that cannot be stored is asked for again', async () => {
    fails = true;
    expect(await ask(`${SMSAPI}?MsgId=m1&status=404`)).toMatchObject({
      ...{ status: 503, text: refused('database_unavailable') },
    });
  });

  test('with an incoming message is stored for the salon', async () => {
    const sms = { sms_from: '48501220314', sms_to: '48799000111', sms_text: 'Tak', sms_date: '1' };
    expect(await ask(SMSAPI, { method: 'POST', body: new URLSearchParams(sms) }))
      .toMatchObject({ status: 200, text: 'OK' });
    expect(calls).toEqual([['reply', 'smsapi', expect.objectContaining({ response: 'coming' })]]);
  });

  test('is no PUT', async () => {
    expect(await ask(SMSAPI, { method: 'PUT' })).toMatchObject({ status: 405, allow: 'GET, POST' });
  });

  test('needs its own settings and the database’s, not those of Twilio', async () => {
    deps = { ...deps, twilio: missing };
    expect(await ask(SMSAPI)).toMatchObject({ status: 200 });
    for (const part of ['smsapi', 'store'] as const) {
      expect(
        (await handle(new Request(`http://localhost${SMSAPI}`), { ...deps, [part]: missing }))
          .status,
      ).toBe(500);
      expect(logged()).toMatchObject({ msg: 'report refused: NAME', level: 'error' });
    }
  });
});

describe('a callback of Twilio', () => {
  /** Posts a form that is signed for its public address. */
  async function post(form: Record<string, string>, { query = '', signed = true } = {}) {
    const sorted = Object.keys(form).toSorted().map((key) => key + form[key]).join('');
    const text = `${URL_OF}/twilio${query}${sorted}`;
    const signature = createHmac('sha1', signed ? TOKEN : 'another').update(text).digest('base64');
    return await ask(`/sms-status/twilio${query}`, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature },
      body: new URLSearchParams(form),
    });
  }
  const delivered = { MessageSid: SID, MessageStatus: 'delivered' };

  test('is stored, with the message that its address names', async () => {
    expect(await post(delivered, { query: `?message=${ID}` })).toMatchObject({
      ...{ status: 204, text: '' },
    });
    expect(calls).toEqual([['receipts', 'twilio', [
      expect.objectContaining({ messageId: ID, providerMessageId: SID, status: 'delivered' }),
    ]]]);
    expect(logged()).toMatchObject({
      provider: 'twilio',
      kind: 'receipts',
      applied: 1,
      unknown: 2,
    });
  });

  test.each([['STOP', 'opt_out', 3], ['START', 'opt_in', 4]])(
    'of an answer %s is stored for the person',
    async (word, kind, applied) => {
      const form = { MessageSid: SID, SmsStatus: 'received', From: '+48501220314', Body: word };
      expect(await post({ ...form, OptOutType: word })).toMatchObject({ status: 204 });
      expect(calls).toEqual([[kind, '+48501220314', 'twilio']]);
      expect(logged()).toMatchObject({ kind, applied, unknown: 0 });
      fails = true;
      expect(await post({ ...form, OptOutType: word })).toMatchObject({ status: 503 });
    },
  );

  test('of any other answer is stored for the salon', async () => {
    const form = { MessageSid: SID, SmsStatus: 'received', From: '+48501220314', Body: 'Nie.' };
    expect(await post(form)).toMatchObject({ status: 204 });
    expect(calls).toEqual([['reply', 'twilio', {
      kind: 'reply',
      phone: '+48501220314',
      replyId: SID,
      body: 'Nie.',
      response: 'wants_to_cancel',
    }]]);
    expect(logged()).toMatchObject({ kind: 'reply', applied: 1, unknown: 0 });
    expect(lines.at(-1)).not.toContain('501220314');
    fails = true;
    expect(await post(form)).toMatchObject({ status: 503 });
  });

  test('of another kind stores nothing', async () => {
    expect(await post({})).toMatchObject({ status: 204 });
    expect(calls).toEqual([]);
    expect(logged()).toMatchObject({ kind: 'other', applied: 0, unknown: 0 });
  });

  test('with a wrong signature or none is refused', async () => {
    expect(await post(delivered, { signed: false })).toMatchObject({
      ...{ status: 403, text: refused('signature_mismatch') },
    });
    expect(await ask('/sms-status/twilio', { method: 'POST' })).toMatchObject({ status: 403 });
    expect(calls).toEqual([]);
  });

  test('that cannot be stored, or is too long, is refused', async () => {
    fails = true;
    expect(await post(delivered)).toMatchObject({ status: 503 });
    expect(await post({ Body: 'x'.repeat(64 * 1024) })).toMatchObject({ status: 413 });
  });

  test('needs its own settings, not those of SMSAPI', async () => {
    deps = { ...deps, smsapi: missing };
    expect(await post(delivered)).toMatchObject({ status: 204 });
    deps = { ...deps, twilio: missing };
    expect(await post(delivered)).toMatchObject({ status: 500 });
  });
});
