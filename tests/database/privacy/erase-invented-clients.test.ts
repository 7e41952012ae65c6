import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { callForClient } from '../support/erasure.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

const HOST = 'kontakt@psi-styl.example';
const HOST_PHONE = '+48221234567';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(async () => {
  await database.query('delete from public.clients');
  await forgetDeliveries(database);
});
afterAll(() => database.drop());

/** Three clients book; Cal.com's bodies name the host in each. */
async function threeBookings(delivered: Partial<CalendarBooking> = {}) {
  for (const name of ['anna', 'jan', 'ola']) {
    const attendeeEmail = `${name}@poczta.example`;
    await deliver(
      database,
      booking({
        uid: name,
        attendeeEmail,
        attendees: [{ email: attendeeEmail, phone: null, noShow: null }],
        ...delivered,
      }),
      {
        payload: {
          triggerEvent: 'BOOKING_CREATED',
          createdAt: '2026-09-01T10:00:00.000Z',
          payload: {
            bookingId: 501220314,
            startTime: '2026-09-15T08:00:00Z',
            organizer: { email: HOST, username: 'psi-styl', phoneNumber: HOST_PHONE },
            attendees: [{ email: attendeeEmail }],
          },
        },
      },
    );
  }
}

const untouched = async () =>
  (await database.query(
    `select from public.webhook_logs
     where redacted_at is null and booking ->> 'attendeeEmail' like '%@poczta.example'`,
  )).length;

describe('a client with a contact of the host', () => {
  it.each([
    ['the e-mail address of the host', { email: HOST, phone: '+48600000000' }],
    ['the phone number of the host', { email: null, phone: HOST_PHONE }],
  ])('%s is erased without the bookings of others', async (_name, contact) => {
    await threeBookings();
    const { id } = await createClient(database, salon.id, contact);
    expect(await callForClient(database, 'erase_client', id, salon.ownerId))
      .toMatchObject({ clients: 1, calendar_events: 0, webhook_logs: 0 });
    expect(await untouched()).toBe(3);
  });

  it.each<[string, object]>([
    ['organizer', { organizer: { email: HOST.toUpperCase() } }],
    ['user', { user: { email: HOST.toUpperCase() } }],
    ['userPrimaryEmail', { userPrimaryEmail: HOST.toUpperCase() }],
    ['hosts', { hosts: [{ email: HOST.toUpperCase() }] }],
    ['destinationCalendar', { destinationCalendar: [{ primaryEmail: HOST.toUpperCase() }] }],
  ])('the address in %s is the host’s, in any case', async (_member, body) => {
    // A webhook, a webhook of the older shape or an answer of the API.
    for (const [uid, payload] of [['a', { payload: body }], ['b', body]] as const) {
      await forgetDeliveries(database);
      await deliver(database, booking({ uid, attendeeEmail: 'jan@poczta.example' }), { payload });
      const { id } = await createClient(database, salon.id, { email: HOST });
      expect(await callForClient(database, 'erase_client', id, salon.ownerId))
        .toMatchObject({ clients: 1, webhook_logs: 0 });
      expect(await untouched()).toBe(1);
    }
  });

  it('the e-mail address of a member names no client', async () => {
    const [owner] = await database.query<{ email: string }>(
      'select email from auth.users where id = $1',
      [salon.ownerId],
    );
    await threeBookings({ description: `Pytania: ${owner?.email}` });
    const { id } = await createClient(database, salon.id, { email: owner?.email ?? null });
    expect(await callForClient(database, 'erase_client', id, salon.ownerId))
      .toMatchObject({ webhook_logs: 0 });
    expect(await untouched()).toBe(3);
  });

  it('is erased with the appointments that are linked to them', async () => {
    await threeBookings();
    const { id } = await createClient(database, salon.id, { email: HOST });
    await deliver(database, booking({ uid: 'own', clientId: id, attendeeEmail: HOST }));
    expect(await callForClient(database, 'erase_client', id, salon.ownerId))
      .toMatchObject({ calendar_events: 1, webhook_logs: 1 });
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { attendee_email: 'anna@poczta.example' },
      { attendee_email: 'jan@poczta.example' },
      { attendee_email: 'ola@poczta.example' },
      { attendee_email: null },
    ]);
  });
});

describe.each([
  ['of the salon', 'psi-styl'],
  ['without a salon', 'przyszly-salon'],
  ['without a host', null],
])('deliveries %s', (_name, organizerUsername) => {
  it.each([
    ['a date', { phone: '+20260915', email: null }],
    ['a date and time', { phone: '+202609150800', email: null }],
    ['an id', { phone: '+48501220314', email: null }],
  ])('survive a client whose phone is %s', async (_contact, contact) => {
    await threeBookings({ organizerUsername });
    for (const ownerId of [salon.ownerId, null]) {
      const { id } = await createClient(database, salon.id, contact);
      await callForClient(database, 'erase_client', id, ownerId);
    }
    expect(await untouched()).toBe(3);
  });
});

it('deliveries without a salon survive a client with the e-mail of another salon’s', async () => {
  await threeBookings({ organizerUsername: null });
  const { id } = await createClient(database, salon.id, { email: 'jan@poczta.example' });
  await callForClient(database, 'erase_client', id, salon.ownerId);
  const { id: again } = await createClient(database, salon.id, { email: 'jan@poczta.example' });
  await database.as(
    'authenticated',
    salon.ownerId,
    (client) => client.query('delete from public.clients where id = $1', [again]),
  );
  expect(await untouched()).toBe(3);
});
