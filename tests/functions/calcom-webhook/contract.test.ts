import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDelivery } from '../../fixtures/calcom/deliveries.ts';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  readLog,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

/** A client and a pet of the fixtures. */
const CLIENT_ID = '1dd868f8-f38b-4c14-b997-c78ae8549f74';
const PET_ID = 'd60cb3e2-c75c-4252-830b-56851bfdfffb';

const CREATED = readDelivery('001-chain-a-1-created');

let webhook: Webhook;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

describe('an authentic delivery', () => {
  test('is answered with its action', async () => {
    const { status, body, headers } = await webhook.deliver(CREATED);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch('application/json');
    expect(body).toEqual({
      ok: true,
      action: 'applied',
      eventId: UUID,
      logId: UUID,
      duration: expect.any(Number),
    });
  });

  test('causes one database call, whatever its action', async () => {
    const before = webhook.api.restRequests();
    await webhook.deliver(CREATED);
    await webhook.deliver(CREATED);
    await webhook.deliver(readDelivery('003-chain-a-3-cancelled'));
    await webhook.deliver(readDelivery('065-ping-signed'));
    await webhook.deliver(readDelivery('116-bad-json-truncated'));
    expect(webhook.api.restRequests() - before).toBe(5);
  });

  test('that repeats the same bytes is a duplicate and changes nothing', async () => {
    const first = await webhook.deliver(CREATED);
    const appointments = await readAppointments(webhook.database);
    const second = await webhook.deliver(CREATED);
    expect(second).toMatchObject({ status: 200, body: { action: 'duplicate' } });
    expect(second.body).toMatchObject({
      eventId: first.body.ok && first.body.eventId,
      logId: first.body.logId,
    });
    expect(await readAppointments(webhook.database)).toEqual(appointments);
    expect(await readLog(webhook.database)).toHaveLength(1);
  });

  test('without new information is stale', async () => {
    await webhook.deliver(CREATED);
    const copy = JSON.parse(CREATED.text);
    copy.createdAt = '2026-09-01T17:22:09.000Z';
    await webhook.send(copy);
    expect(await webhook.send({ ...copy, subscription: 2 }))
      .toMatchObject({ status: 200, body: { action: 'stale' } });
  });

  test('that cannot be applied yet is deferred with a reason', async () => {
    expect(await webhook.deliver(readDelivery('003-chain-a-3-cancelled'))).toMatchObject({
      status: 200,
      body: { action: 'deferred', reason: 'booking_unknown', eventId: null, logId: UUID },
    });
  });

  test('is parsed as JSON whatever its content type', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await webhook.send(CREATED.text, headers)).toMatchObject({ status: 200 });
  });

  test('sent fifty times at once makes one appointment, applied once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => webhook.deliver(CREATED)),
    );
    const actions = replies.map(({ body }) => body.ok ? body.action : body.code).sort();
    expect(actions).toEqual(['applied', ...Array(49).fill('duplicate')]);
    expect(await readAppointments(webhook.database)).toHaveLength(1);
    expect(await readLog(webhook.database)).toHaveLength(1);
  });

  test('is logged on one line', async () => {
    const linesBefore = webhook.running.stdout().split('\n').length;
    const { body } = await webhook.deliver(CREATED);
    await expect.poll(() => webhook.running.stdout().split('\n').length).toBe(linesBefore + 1);
    expect(JSON.parse(webhook.running.stdout().trim().split('\n').at(-1) ?? '')).toEqual({
      ts: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      msg: 'webhook processed',
      request_id: UUID,
      trigger: 'BOOKING_CREATED',
      salon_id: null,
      booking_uid: 'dWUfJo1DcaeM3ArPkXXrV2',
      action: 'applied',
      log_id: body.logId,
      duration_ms: expect.any(Number),
      code: null,
    });
  });
});

describe("the specification's examples", () => {
  const created = {
    triggerEvent: 'BOOKING_CREATED',
    createdAt: '2025-01-26T12:00:00Z',
    payload: {
      uid: 'abc123',
      title: 'Appointment',
      startTime: '2025-01-27T14:00:00Z',
      endTime: '2025-01-27T15:00:00Z',
      attendees: [{ email: 'jan.kowalski@example.com', name: 'Jan Kowalski' }],
      metadata: { barkbookClientId: CLIENT_ID, barkbookPetId: PET_ID, source: 'barkbook' },
    },
  };
  const rescheduled = {
    triggerEvent: 'BOOKING_RESCHEDULED',
    payload: {
      uid: 'abc123',
      startTime: '2025-01-27T15:00:00Z',
      endTime: '2025-01-27T16:00:00Z',
    },
  };
  const cancelled = {
    triggerEvent: 'BOOKING_CANCELLED',
    payload: { uid: 'abc123', status: 'CANCELLED' },
  };

  test('book, move and cancel one appointment of the client and pet they name', async () => {
    await webhook.send(created);
    const appointment = { id: 'abc123', client: 'Zofia', pet: 'Fiona', salon: 'psi-styl-krakow' };
    expect(await readAppointments(webhook.database))
      .toMatchObject([{ ...appointment, status: 'scheduled', start: '2025-01-27 14:00' }]);

    await webhook.send(rescheduled);
    expect(await readAppointments(webhook.database))
      .toMatchObject([{ ...appointment, status: 'scheduled', start: '2025-01-27 15:00' }]);

    await webhook.send(cancelled);
    expect(await readAppointments(webhook.database))
      .toMatchObject([{ ...appointment, status: 'cancelled', start: '2025-01-27 15:00' }]);
  });

  test('refuse the body of its curl call', async () => {
    const { status, body } = await webhook.send(
      '{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"test"}}',
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({
      ok: false,
      code: 'invalid_payload',
      error: 'Invalid payload',
      paths: ['payload.startTime', 'payload.endTime'],
    });
  });
});
