import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../support/calcom/town.ts';
import { lastLogLine } from '../support/function-stack.ts';
import {
  type ClientLink,
  createLink,
  type Linked,
  startClientLink,
} from '../support/client-link.ts';

const OTHER_TOKEN = 'zzzzzzzzzzzz';

let link: ClientLink;

beforeAll(async () => {
  link = await startClientLink();
});
afterEach(() => expect(link.calcom.violations).toEqual([]));
afterAll(() => link.stop());

const answer = ({ token, eventId, start }: Linked, action: string) =>
  link.post({ token, action, eventId, start });
const readAppointment = async ({ eventId }: Linked) => {
  const [row] = await link.database.query<{ status: string; response: string | null }>(
    'select status, client_response as response from public.calendar_events where id = $1',
    [eventId],
  );
  return row;
};

test('a page shows what its link is about', async () => {
  const linked = await createLink(link);
  const { status, body, headers } = await link.post({ token: linked.token, action: 'show' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ok: true,
    salon: { name: expect.any(String), phone: null },
    timezone: 'Europe/Warsaw',
    language: 'pl',
    noticeHours: 24,
    appointments: [{ id: linked.eventId, pet: 'Reksio', canChange: true, response: null }],
  });
  expect(JSON.stringify(body)).not.toMatch(/Anna|Nowak|600|Strzyżenie/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(await lastLogLine(link)).toMatchObject({ msg: 'client link show', code: null });
  expect(link.output()).not.toContain(linked.token);
});

test('a page at any address may ask, without cookies', async () => {
  const preflight = await link.fetch('', {
    method: 'OPTIONS',
    headers: { 'origin': 'https://salon.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  const { headers } = await link.post({ token: OTHER_TOKEN, action: 'show' });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.has('access-control-allow-credentials')).toBe(false);
  expect(headers.get('access-control-expose-headers')).toBe('retry-after');
});

describe('what changes nothing', () => {
  test.each(['GET', 'HEAD', 'PUT'])('%s, with which a scanner opens links', async (method) => {
    const linked = await createLink(link);
    const { token, eventId, start } = linked;
    const query = new URLSearchParams({ token, eventId, start, action: 'cancel' });
    const { status, headers } = await link.fetch(`?${query}`, { method });
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
    expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: null });
  });

  test.each<[string, object]>([
    ['no action', { action: undefined }],
    ['another action', { action: 'delete' }],
    ['no token', { token: undefined }],
    ['a token of another shape', { token: `${OTHER_TOKEN}z` }],
    ['no appointment', { eventId: undefined }],
    ['an appointment without an id', { eventId: '1' }],
    ['no start', { start: undefined }],
    ['a start that is none', { start: 'tomorrow' }],
    ['a start that the database cannot read', { start: '+275760-09-12T00:00:00Z' }],
  ])('%s', async (_what, wrong) => {
    const linked = await createLink(link);
    const { token, eventId, start } = linked;
    expect(await link.post({ token, eventId, start, action: 'cancel', ...wrong }))
      .toMatchObject({ status: 400, body: { code: 'invalid_request', hint: expect.any(String) } });
    expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: null });
  });

  test('an unknown token, and the tenth guess from one address is the last', async () => {
    const guess = () =>
      link.post({ token: OTHER_TOKEN, action: 'show' }, { 'cf-connecting-ip': '203.0.113.9' });
    expect(await guess()).toMatchObject({ status: 404, body: { code: 'not_found' } });
    let last = await guess();
    for (let i = 0; i < 10; i++) last = await guess();
    expect(last).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('more than ten requests with one link in a minute', async () => {
    const linked = await createLink(link);
    for (let i = 0; i < 10; i++) await answer(linked, 'coming');
    expect(await answer(linked, 'cancel')).toMatchObject({ status: 429 });
    expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: 'coming' });
  });

  test('the notice period', async () => {
    const linked = await createLink(link, { startMs: Date.now() + 20 * HOUR_MS });
    for (const action of ['cancel', 'move']) {
      expect(await answer(linked, action))
        .toMatchObject({ status: 403, body: { code: 'too_late' } });
    }
    expect(link.calcom.writes).toEqual([]);
    expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: null });
  });

  test('an answer about a start that is over', async () => {
    const linked = await createLink(link);
    expect(await answer({ ...linked, start: '2026-11-24T10:00:00Z' }, 'coming'))
      .toMatchObject({ status: 412, body: { code: 'moved' } });
    expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: null });
  });
});

test('whoever comes is shown to the salon', async () => {
  const linked = await createLink(link);
  expect(await answer(linked, 'coming'))
    .toMatchObject({ status: 200, body: { ok: true, result: 'recorded' } });
  expect(await readAppointment(linked)).toEqual({ status: 'scheduled', response: 'coming' });
});

describe('a cancellation', () => {
  test('goes to Cal.com, and the calendar shows it at once', async () => {
    const linked = await createLink(link);
    expect(await answer(linked, 'cancel')).toMatchObject({ body: { result: 'cancelled' } });
    expect(linked.stored.status).toBe('cancelled');
    expect(await readAppointment(linked))
      .toEqual({ status: 'cancelled', response: 'wants_to_cancel' });
    expect(await link.post({ token: linked.token, action: 'show' })).toMatchObject({
      body: { appointments: [{ cancelled: true, canChange: false }] },
    });
    expect(await answer(linked, 'cancel')).toMatchObject({ status: 404 });
  });

  test('that Cal.com did, but did not answer, is one', async () => {
    const linked = await createLink(link);
    link.calcom.lose('fails');
    expect(await answer(linked, 'cancel')).toMatchObject({ body: { result: 'cancelled' } });
    expect(await readAppointment(linked)).toMatchObject({ status: 'cancelled' });
  });

  test.each<[string, Parameters<typeof createLink>[1], () => void]>([
    ['the salon has no key', { hasKey: false }, () => {}],
    [
      'Cal.com refuses it',
      {},
      () =>
        link.calcom.fail({
          status: 401,
          body: { status: 'error', error: { message: 'Invalid key' } },
        }),
    ],
    ['Cal.com does not know its seat', { seatId: '0123456789abcdef' }, () => {}],
  ])('is passed on to the salon if %s', async (_why, options, prepare) => {
    const linked = await createLink(link, options);
    prepare();
    expect(await answer(linked, 'cancel'))
      .toMatchObject({ status: 200, body: { result: 'passed_on' } });
    expect(linked.stored.status).toBe('accepted');
    expect(await readAppointment(linked))
      .toEqual({ status: 'scheduled', response: 'wants_to_cancel' });
  });
});

describe('a move', () => {
  test('continues on Cal.com’s page, whose address nobody gets before', async () => {
    const linked = await createLink(link);
    const { uid } = linked.stored.booking;
    expect((await link.post({ token: linked.token, action: 'show' })).text).not.toContain(uid);
    expect(await answer(linked, 'move')).toMatchObject({
      body: { result: 'continue', url: `https://cal.com/reschedule/${uid}` },
    });
    expect(await readAppointment(linked))
      .toEqual({ status: 'scheduled', response: 'wants_to_move' });
    expect(await link.database.query('select action from public.salon_activity'))
      .toEqual([{ action: 'client_move' }]);
  });

  test('of a seat continues on the page of that seat', async () => {
    const seatId = '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11';
    const linked = await createLink(link, { seatId });
    expect(await answer(linked, 'move')).toMatchObject({
      body: { url: `https://cal.com/reschedule/${seatId}` },
    });
  });
});

test('without the database the page learns when to try again', async () => {
  const linked = await createLink(link);
  for (const rpc of ['client_link_show', 'client_link_respond']) {
    link.gate.refuse(rpc);
    const { status, headers } = rpc === 'client_link_show'
      ? await link.post({ token: linked.token, action: 'show' })
      : await answer(linked, 'coming');
    expect({ status, retry: headers.get('retry-after') }).toEqual({ status: 503, retry: '30' });
    link.gate.admit(rpc);
  }
});
