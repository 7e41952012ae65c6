import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDeliveries, readDelivery, readWorld } from '../../fixtures/calcom/deliveries.ts';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  readLog,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';
import { BOOKED, DEFERRED, IGNORED, INVALID, UNSIGNED } from './expectations.ts';

const deliveries = readDeliveries().map((delivery) => ({
  ...delivery,
  number: delivery.name.slice(0, 3),
}));
const numbersIn = (expected: Record<string, unknown>) =>
  deliveries.filter(({ number }) => Object.hasOwn(expected, number));

let webhook: Webhook;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

test('every delivery has an expectation', () => {
  const expected = [BOOKED, DEFERRED, INVALID, UNSIGNED].flatMap(Object.keys);
  expect([...expected, ...IGNORED].sort()).toEqual(deliveries.map(({ number }) => number));
});

describe('a delivery with a booking', () => {
  test.each(numbersIn(BOOKED))('creates the appointment of $name', async (delivery) => {
    const reply = await webhook.deliver(delivery);
    expect(reply).toMatchObject({ status: 200, body: { ok: true, action: 'applied' } });

    const expected = BOOKED[delivery.number];
    const client = readWorld().find((salon) => salon.cal_com_username === expected?.salon)
      ?.clients.find(({ name }) => name === expected?.client);
    const appointments = await readAppointments(webhook.database);
    expect(appointments).toHaveLength(1);
    expect(appointments[0]).toMatchObject({
      pet: client?.pet.name,
      phone: client?.phone_number,
      email: client?.email,
      ...expected,
    });
    expect(await readLog(webhook.database)).toMatchObject([{ status: 'success' }]);
  });
});

describe('a delivery that cannot be applied yet', () => {
  test.each(numbersIn(DEFERRED))('is deferred: $name', async (delivery) => {
    expect(await webhook.deliver(delivery)).toMatchObject({
      status: 200,
      body: { ok: true, action: 'deferred', eventId: null, reason: DEFERRED[delivery.number] },
    });
    expect(await readAppointments(webhook.database)).toEqual([]);
    expect(await readLog(webhook.database)).toMatchObject([
      { action: 'deferred', reason: DEFERRED[delivery.number] },
    ]);
  });
});

describe('a delivery without a booking', () => {
  test.each(deliveries.filter(({ number }) => IGNORED.includes(number)))(
    'is acknowledged and logged: $name',
    async (delivery) => {
      expect(await webhook.deliver(delivery)).toMatchObject({
        status: 200,
        body: { ok: true, action: 'ignored', eventId: null },
      });
      expect(await readAppointments(webhook.database)).toEqual([]);
      expect(await readLog(webhook.database)).toMatchObject([
        { status: 'success', action: 'ignored', payload: JSON.parse(delivery.text) },
      ]);
    },
  );
});

describe('an unusable delivery', () => {
  test.each(numbersIn(INVALID))('is refused and logged: $name', async (delivery) => {
    expect(await webhook.deliver(delivery)).toMatchObject({
      status: 400,
      body: { ok: false, error: 'Invalid payload' },
    });
    expect(await readAppointments(webhook.database)).toEqual([]);
    expect(await readLog(webhook.database)).toMatchObject([
      {
        status: 'error',
        reason: 'invalid_payload',
        error_message: `Invalid payload: ${INVALID[delivery.number]}`,
      },
    ]);
  });
});

describe('a delivery without a valid signature', () => {
  test.each(numbersIn(UNSIGNED))('leaves no trace: $name', async (delivery) => {
    expect(await webhook.deliver(delivery)).toMatchObject({
      status: 401,
      body: { ok: false, code: UNSIGNED[delivery.number] },
    });
    expect(await readAppointments(webhook.database)).toEqual([]);
    expect(await readLog(webhook.database)).toEqual([]);
  });
});

describe('the columns of an appointment', () => {
  async function columnsAfter(name: string) {
    await webhook.deliver(readDelivery(name));
    const [row] = await webhook.database.query(
      `select title, description, location, meeting_url, duration_minutes, ical_uid
       from public.calendar_events`,
    );
    return row;
  }

  test('are those of an ordinary booking', async () => {
    expect(await columnsAfter('001-chain-a-1-created')).toEqual({
      title: 'Strzyżenie — mały pies: Zofia Kaczmarek i Katarzyna Wrona',
      description: 'Fiona boi się suszarki.',
      location: 'ul. Dolnych Młynów 7/2, 31-124 Kraków',
      meeting_url: null,
      duration_minutes: 60,
      ical_uid: 'dWUfJo1DcaeM3ArPkXXrV2@Cal.com',
    });
  });

  test('have the link of an online appointment, not the room behind it', async () => {
    expect(await columnsAfter('084-created-cal-video')).toMatchObject({
      meeting_url: 'https://app.cal.com/video/wcYZTEgUASzTpa72wW1pxq',
      duration_minutes: 20,
    });
  });

  test('keep every character of a title', async () => {
    expect(await columnsAfter('094-created-unicode-emoji')).toMatchObject({
      title: '✂️ Strzyżenie: Żółć Gęślą‑Jaźń 🐩 i Katarzyna Wrona',
    });
  });

  test('have 500 characters of a very long title', async () => {
    expect((await columnsAfter('095-created-very-long-title'))?.['title']).toHaveLength(500);
  });
});
