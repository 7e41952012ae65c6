import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Appointments, startAppointments } from '../support/appointments.ts';

let stack: Appointments;
let eventId: string;
let startedEventId: string;

beforeAll(async () => {
  stack = await startAppointments();
  eventId = (await stack.book()).eventId;
  startedEventId = (await stack.book({ inHours: -25 })).eventId;
});
afterAll(() => stack.stop());

/** Every action, with the id of an appointment or a salon. */
const ACTIONS: Record<string, (id?: string) => object> = {
  cancel: (id = eventId) => ({ eventId: id, reason: 'choroba' }),
  move: (id = eventId) => ({ eventId: id, start: '2030-01-01T10:00:00Z' }),
  no_show: (id = startedEventId) => ({ eventId: id, absent: true }),
  confirm: (id = eventId) => ({ eventId: id }),
  decline: (id = eventId) => ({ eventId: id }),
  event_types: (id = stack.salonId) => ({ salonId: id }),
  book: (id = stack.salonId) => ({
    salonId: id,
    eventTypeId: 1,
    start: '2030-01-01T10:00:00Z',
    clientId: stack.clientId,
  }),
};

describe.each(Object.entries(ACTIONS))('%s', (action, members) => {
  /** The code that the caller gets if Cal.com forbids everything. */
  const codeFor = async (userId: string | null, id?: string) => {
    stack.calcom.fail({ status: 403, body: null });
    const asked = stack.calcom.requests.length;
    const { status, body } = await stack.call(userId, { action, ...members(id) });
    const isAsked = stack.calcom.requests.length > asked;
    // Takes the failure out that was not used.
    if (!isAsked) await fetch(`${stack.calcom.url}/me`);
    return [status, body.ok ? 'ok' : body.code, isAsked];
  };

  it('reaches Cal.com for the owner and for staff', async () => {
    expect(await codeFor(stack.ownerId)).toEqual([422, 'key_refused', true]);
    expect(await codeFor(stack.staffId)).toEqual([422, 'key_refused', true]);
  });

  it('does not exist for an outsider, and nobody else’s does', async () => {
    expect(await codeFor(stack.outsiderId)).toEqual([404, 'not_found', false]);
    expect(await codeFor(stack.ownerId, randomUUID())).toEqual([404, 'not_found', false]);
  });

  it('needs a user', async () => {
    expect(await codeFor(null)).toEqual([401, 'unauthorized', false]);
  });
});

it('a booking for a client or a pet of another salon does not exist', async () => {
  const book = { action: 'book', eventTypeId: 1, start: '2030-01-01T10:00:00Z' };
  const { salonId, otherSalonId, clientId, petId, ownerId, outsiderId } = stack;
  const codes = [
    await stack.call(outsiderId, { ...book, salonId: otherSalonId, clientId }),
    await stack.call(ownerId, { ...book, salonId, clientId, petId: randomUUID() }),
    await stack.call(ownerId, { ...book, salonId, clientId: petId }),
  ];
  expect(codes.map(({ status }) => status)).toEqual([404, 404, 404]);
});

describe('a token', () => {
  const send = (headers: Record<string, string>) =>
    stack.request({
      method: 'POST',
      headers,
      body: JSON.stringify({ action: 'confirm', eventId, requestKey: randomUUID() }),
    });

  it.each([
    ['none', () => ({})],
    ['no user’s', () => ({ authorization: `Bearer ${stack.api.anonKey}` })],
    ['a made-up', () => ({ authorization: 'Bearer a.b.c' })],
    ['a secret key', () => ({ authorization: `Bearer ${stack.api.serviceRoleKey}` })],
  ])('%s is unauthorized', async (_, authorization) => {
    const { status } = await send({ apikey: stack.api.publishableKey, ...authorization() });
    expect(status).toBe(401);
  });

  it('of another project is unauthorized', async () => {
    const { signUserToken } = await import('../../../local/stack/keys.ts');
    const token = await signUserToken('another secret that is long enough', stack.ownerId);
    const authorization = `Bearer ${token}`;
    expect((await send({ apikey: stack.api.publishableKey, authorization })).status).toBe(401);
  });
});

it('a page of any origin may call', async () => {
  const preflight = await fetch(`${stack.api.url}/functions/v1/appointments`, {
    method: 'OPTIONS',
    headers: { 'origin': 'https://panel.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  const { headers } = await stack.call(null, { action: 'confirm', eventId });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-expose-headers')).toBe('retry-after');
});

it.each([
  ['no JSON', 'x', ''],
  ['an unknown action', { action: 'delete' }, 'action'],
  ['no request key', { action: 'confirm', eventId: randomUUID() }, 'requestKey'],
  [
    'a blank reason',
    { action: 'cancel', eventId: randomUUID(), requestKey: randomUUID(), reason: ' ' },
    'reason',
  ],
  [
    'a time without a zone',
    {
      action: 'move',
      eventId: randomUUID(),
      requestKey: randomUUID(),
      start: '2030-01-01T10:00:00',
    },
    'start',
  ],
])('%s is an invalid request', async (_, body, member) => {
  const { status, body: answer } = await stack.request<{ code: string; member?: string }>({
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect([status, answer.code, answer.member ?? '']).toEqual([400, 'invalid_request', member]);
});

it('GET is not allowed', async () => {
  expect((await stack.request({ method: 'GET' })).status).toBe(405);
});

it('the log has no reason and no name', async () => {
  await stack.call(stack.ownerId, { action: 'cancel', eventId, reason: 'Pani Zofia jest chora' });
  expect(stack.output()).toContain('"action":"cancel"');
  expect(stack.output()).not.toContain('Zofia');
});
