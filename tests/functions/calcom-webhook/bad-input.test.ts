import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FIXTURE_SECRET } from '../../fixtures/calcom/deliveries.ts';
import { signBody } from '../../../shared/calcom/signature.ts';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  readLog,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

/** Texts that must not appear in any answer or log line. */
const PERSONAL = ['zofia.kaczmarek@poczta.example', '501220314', 'Kaczmarek', 'boi się suszarki'];

const BOOKING = {
  uid: 'abc123',
  title: 'Strzyżenie: Zofia Kaczmarek',
  startTime: '2026-09-29T11:00:00Z',
  endTime: '2026-09-29T12:00:00Z',
  additionalNotes: 'Fiona boi się suszarki.',
  organizer: { username: 'psi-styl-krakow' },
  attendees: [{ email: 'zofia.kaczmarek@poczta.example', phoneNumber: '+48501220314' }],
};

function created(members: Record<string, unknown>): string {
  return JSON.stringify({
    triggerEvent: 'BOOKING_CREATED',
    createdAt: '2026-09-12T12:00:00.000Z',
    payload: { ...BOOKING, ...members },
  });
}

const TEXT = created({});

/** The first byte of the title's `ż` in UTF-8. */
const FIRST_BYTE_OF_Z_WITH_DOT = 0xc5;

/** Signed but unusable bodies, with the code and the stored error. */
const BODIES: [what: string, body: string, code: string, error: string][] = [
  ['nothing', '', 'invalid_json', 'not JSON'],
  ['blank', '  \n', 'invalid_json', 'not JSON'],
  ['half of a booking', TEXT.slice(0, 200), 'invalid_json', 'not JSON'],
  ['JSON with a trailing comma', `${TEXT.slice(0, -1)},}`, 'invalid_json', 'not JSON'],
  ['two bodies', TEXT + TEXT, 'invalid_json', 'not JSON'],
  ['a form', 'uid=abc123&name=Zofia Kaczmarek', 'invalid_json', 'not JSON'],
  ['a rendered template', '<b>Zofia Kaczmarek</b>', 'invalid_json', 'not JSON'],
  ['NUL', '\0', 'invalid_json', 'not JSON'],
  ['null', 'null', 'invalid_payload', 'triggerEvent'],
  ['what a broken template becomes', 'false', 'invalid_payload', 'triggerEvent'],
  ['a number', '1e999', 'invalid_payload', 'triggerEvent'],
  ['a string', '"Zofia Kaczmarek"', 'invalid_payload', 'triggerEvent'],
  ['a list', `[${TEXT}]`, 'invalid_payload', 'triggerEvent'],
  ['very deep', '['.repeat(9e4) + ']'.repeat(9e4), 'invalid_payload', 'triggerEvent'],
  ['an empty object', '{}', 'invalid_payload', 'triggerEvent'],
  ['a custom template', JSON.stringify(BOOKING), 'invalid_payload', 'triggerEvent'],
  ['no trigger but NUL', '{"triggerEvent":null,"a":"\\u0000"}', 'invalid_payload', 'triggerEvent'],
  ['a trigger of another type', '{"triggerEvent":["PING"]}', 'invalid_payload', 'triggerEvent'],
  ['an empty trigger', '{"triggerEvent":""}', 'invalid_payload', 'triggerEvent'],
  ['no payload', '{"triggerEvent":"BOOKING_PAID"}', 'invalid_payload', 'payload'],
  ['no uid', created({ uid: undefined }), 'invalid_payload', 'payload.uid'],
  ['a number as uid', created({ uid: 7 }), 'invalid_payload', 'payload.uid'],
  ['a very long uid', created({ uid: 'a1'.repeat(200) }), 'invalid_payload', 'payload.uid'],
  ['a uid with a seat', created({ uid: 'abc123#s-1' }), 'invalid_payload', 'payload.uid'],
  ['no start', created({ startTime: null }), 'invalid_payload', 'payload.startTime'],
  ['a start in words', created({ startTime: 'jutro' }), 'invalid_payload', 'payload.startTime'],
  [
    'a start without zone',
    created({ startTime: '2026-09-29T11:00:00' }),
    'invalid_payload',
    'payload.startTime',
  ],
  [
    'the 30th of February',
    created({ startTime: '2026-02-30T11:00:00Z' }),
    'invalid_payload',
    'payload.startTime',
  ],
  [
    'an end before the start',
    created({ endTime: '2026-09-29T10:00:00Z' }),
    'invalid_payload',
    'payload.endTime',
  ],
  [
    'no length',
    created({ endTime: '2026-09-29T11:00:00Z' }),
    'invalid_payload',
    'payload.endTime',
  ],
  ['a flat end without uid', '{"triggerEvent":"MEETING_ENDED"}', 'invalid_payload', 'uid'],
  [
    'a no-show without uid',
    created({}).replace('BOOKING_CREATED', 'BOOKING_NO_SHOW_UPDATED'),
    'invalid_payload',
    'payload.bookingUid',
  ],
];

/** Signatures that are not valid for a good body. */
const SIGNATURES: [what: string, header: string | undefined, code: string][] = [
  ['missing', undefined, 'signature_missing'],
  ['empty', '', 'signature_missing'],
  ['what Cal.com sends without a secret', 'no-secret-provided', 'signature_unsigned'],
  ['too short', 'ab'.repeat(31), 'signature_malformed'],
  ['too long', 'ab'.repeat(33), 'signature_malformed'],
  ['not hexadecimal', 'zz'.repeat(32), 'signature_malformed'],
  ['only a prefix', 'sha256=', 'signature_malformed'],
  ['an e-mail address', 'zofia.kaczmarek@poczta.example', 'signature_malformed'],
  ['wrong', 'ab'.repeat(32), 'signature_mismatch'],
  ['wrong after a prefix', `sha256=${'ab'.repeat(32)}`, 'signature_mismatch'],
];

let webhook: Webhook;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

function expectNothingPersonal(answer: string): void {
  for (const value of PERSONAL) {
    expect(answer).not.toContain(value);
    expect(webhook.running.stdout()).not.toContain(value);
    expect(webhook.running.stderr()).not.toContain(value);
  }
}

describe('a signed body that is', () => {
  test.each(BODIES)(
    '%s is refused, and logged for the developer',
    async (_what, sent, code, error) => {
      const { status, body, text } = await webhook.send(sent);
      expect({ status, body }).toMatchObject({ status: 400, body: { ok: false, code } });
      expectNothingPersonal(text);
      expect(await readAppointments(webhook.database)).toEqual([]);
      expect(await readLog(webhook.database)).toMatchObject([{
        id: body.logId,
        status: 'error',
        error_message: `Invalid payload: ${error}`,
      }]);
    },
  );

  test.each(BODIES.filter(([, , , error]) => error === 'not JSON' || error === 'triggerEvent'))(
    '%s is answered with the advice to remove the template',
    async (_what, sent) => {
      const { body } = await webhook.send(sent);
      expect(body).toMatchObject({ hint: expect.stringContaining('remove the custom payload') });
    },
  );
});

describe('a signature that is', () => {
  test.each(SIGNATURES)('%s is refused without a trace', async (what, header, code) => {
    const { status, body, text } = await webhook.request({
      method: 'POST',
      body: TEXT,
      headers: {
        'x-forwarded-for': `address of ${what}`,
        ...(header === undefined ? {} : { 'x-cal-signature-256': header }),
      },
    });
    expect({ status, body }).toMatchObject({ status: 401, body: { ok: false, code } });
    expectNothingPersonal(text);
    expect(await readAppointments(webhook.database)).toEqual([]);
    expect(await readLog(webhook.database)).toEqual([]);
  });

  test('valid for other bytes is refused', async () => {
    const signature = await signBody(new TextEncoder().encode(TEXT), FIXTURE_SECRET);
    const { status, body } = await webhook.request({
      method: 'POST',
      body: TEXT.replace('11:00', '11:30'),
      headers: { 'x-cal-signature-256': signature },
    });
    expect({ status, body }).toMatchObject({ status: 401, body: { code: 'signature_mismatch' } });
    expect(await readLog(webhook.database)).toEqual([]);
  });
});

describe('an unusual but usable body', () => {
  test.each([
    ['has NUL and half a character in its texts', { title: 'a\0b\uD83D', additionalNotes: '\0' }],
    ['has members of other types', { attendees: 'Zofia', metadata: [], responses: 7, length: '1' }],
    ['has a key named __proto__', JSON.parse('{"__proto__":{"uid":"other"}}')],
    ['has an invalid phone number', {
      attendees: [{ email: 'a@b', phoneNumber: '7'.repeat(9000) }],
    }],
  ])('%s and is applied', async (_what, members) => {
    expect(await webhook.send(created(members)))
      .toMatchObject({ status: 200, body: { ok: true, action: 'applied' } });
    expect(await readAppointments(webhook.database)).toMatchObject([{ id: 'abc123' }]);
  });

  test('is nested very deeply and is applied', async () => {
    const text = created({ deep: 'DEEP' }).replace('"DEEP"', '['.repeat(9e4) + ']'.repeat(9e4));
    expect(await webhook.send(text)).toMatchObject({ status: 200, body: { action: 'applied' } });
    expect(await readLog(webhook.database)).toMatchObject([{ payload: { raw: text } }]);
  });

  test('has bytes that are not UTF-8 and is applied', async () => {
    const bytes = new TextEncoder().encode(TEXT);
    bytes[bytes.indexOf(FIRST_BYTE_OF_Z_WITH_DOT)] = 0xff;
    const signature = await signBody(bytes, FIXTURE_SECRET);
    const headers = { 'x-cal-signature-256': signature };
    expect(await webhook.request({ method: 'POST', body: bytes, headers }))
      .toMatchObject({ status: 200 });
  });

  test('has a trigger that is a person’s name and is ignored without naming them', async () => {
    const { status, text } = await webhook.send({ triggerEvent: 'Zofia Kaczmarek', payload: {} });
    expect(status).toBe(200);
    expectNothingPersonal(text);
  });
});
