import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { callForClient, zofiasBooking } from '../support/erasure.ts';
import { columnsWithTraces } from '../support/traces.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { hostCancelsSlot, person, slot, TOMASZ, ZOFIA } from '../support/seated-slot.ts';

const PHONE = '+48501220314';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await database.query('delete from public.clients; delete from public.pets');
});
afterAll(() => database.drop());

const erase = (clientId: string, ownerId: string | null = salon.ownerId) =>
  callForClient(database, 'erase_client', clientId, ownerId);
const contacts = async () =>
  (await syncedRows(database, salon.id)).map((row) => [
    row['cal_com_event_id'],
    row['attendee_email'] ?? row['attendee_phone'],
  ]);

describe('a couple with one phone', () => {
  const couple = async () => {
    const zofia = await createClient(database, salon.id, { phone: PHONE, email: ZOFIA });
    const jan = await createClient(database, salon.id, { phone: PHONE, email: TOMASZ });
    return { zofia, jan };
  };
  const appointment = (uid: string, overrides: Partial<CalendarBooking>) =>
    deliver(database, booking({ uid, attendeePhone: PHONE, ...overrides }));

  it('keeps the data of the one who is not erased', async () => {
    const { zofia, jan } = await couple();
    await appointment('a', { clientId: zofia.id, attendeeEmail: ZOFIA });
    await appointment('b', { clientId: jan.id, attendeeEmail: TOMASZ });
    await erase(zofia.id);
    expect(await contacts()).toEqual([['a', null], ['b', TOMASZ]]);
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { client_id: null },
      { client_id: jan.id, attendee_phone: PHONE },
    ]);
  });

  it('keeps an unlinked appointment that may be of either, unless its e-mail decides', async () => {
    const { zofia } = await couple();
    await database.query('update public.clients set email = null where id <> $1', [zofia.id]);
    await appointment('either', {});
    await appointment('hers', { attendeeEmail: ZOFIA });
    await database.query('update public.calendar_events set client_id = null, link_source = null');
    await erase(zofia.id);
    expect(await contacts()).toEqual([['either', PHONE], ['hers', null]]);
  });

  it('keeps the opt-out of the number', async () => {
    const { zofia } = await couple();
    await database.query(`insert into public.sms_opt_outs (salon_id, phone) values ($1, $2)`, [
      salon.id,
      PHONE,
    ]);
    expect(await erase(zofia.id)).toMatchObject({ sms_opt_outs: 0 });
    await database.query('delete from public.sms_opt_outs');
  });
});

it('an unlinked appointment with her number and another client’s e-mail is kept', async () => {
  const zofia = await createClient(database, salon.id, { phone: PHONE, email: ZOFIA });
  await createClient(database, salon.id, { phone: '600700800', email: TOMASZ });
  await deliver(database, booking({ attendeePhone: PHONE, attendeeEmail: TOMASZ }));
  await database.query('update public.calendar_events set client_id = null, link_source = null');
  await erase(zofia.id);
  expect(await contacts()).toEqual([['uid-0', TOMASZ]]);
});

it('an unlinked appointment is erased with her number, and kept with another', async () => {
  const zofia = await createClient(database, salon.id, { phone: PHONE, email: null });
  await deliver(database, booking({ uid: 'hers', attendeePhone: '501 220 314' }));
  await deliver(database, booking({ uid: 'another', attendeePhone: '+48600700800' }));
  await database.query('update public.calendar_events set client_id = null, link_source = null');
  expect(await erase(zofia.id)).toMatchObject({ calendar_events: 1, webhook_logs: 1 });
  expect(await contacts()).toEqual([['another', '+48600700800'], ['hers', null]]);
});

it.each([
  ['a longer e-mail address', { attendeeEmail: 'anna-zofia@poczta.example' }],
  ['an e-mail address with a longer domain', { attendeeEmail: 'zofia@poczta.example.org' }],
  ['a longer number', { attendeePhone: '501 220 3145' }],
])('%s is not erased', async (_name, contact) => {
  const zofia = await createClient(database, salon.id, { phone: PHONE, email: ZOFIA });
  const delivered = booking({ ...contact, description: JSON.stringify(contact) });
  await deliver(database, delivered, { payload: contact });
  expect(await erase(zofia.id)).toMatchObject({ calendar_events: 0, webhook_logs: 0 });
  expect(await syncedRows(database, salon.id)).toMatchObject([{
    description: delivered.description,
  }]);
});

describe('a slot with several seats', () => {
  const NO_SHOW = 'BOOKING_NO_SHOW_UPDATED';
  const seats = async () => {
    const zofia = await createClient(database, salon.id, { phone: PHONE, email: ZOFIA });
    await deliver(database, slot({ seatId: 'seat-z', title: 'Zofia', ...person(ZOFIA) }));
    await deliver(database, slot({ seatId: 'seat-t', ...person(TOMASZ) }));
    return zofia.id;
  };
  const both = (noShow: boolean | null) => ({
    attendees: [ZOFIA, TOMASZ].map((email) => ({ email, phone: null, noShow })),
  });
  const statuses = async () => (await syncedRows(database, salon.id)).map(({ status }) => status);

  it('keeps the contact of the other seat', async () => {
    await erase(await seats());
    expect(await contacts()).toEqual([['slot#seat-t', TOMASZ], ['slot#seat-z', null]]);
    expect(await columnsWithTraces(database)).toEqual([]);
  });

  it('keeps the no-show of both seats after one is erased', async () => {
    const clientId = await seats();
    await deliver(database, slot({ trigger: NO_SHOW, ...both(true), ...at(11) }));
    await erase(clientId);
    expect(await columnsWithTraces(database)).toEqual([]);
    await deliver(database, slot({ trigger: 'BOOKING_PAID', seatId: 'seat-z', ...at(10) }));
    await deliver(database, slot({ trigger: 'BOOKING_PAID', seatId: 'seat-t', ...at(10) }));
    expect(await statuses()).toEqual(['no_show', 'no_show']);
  });

  it('stays erased when a later delivery names both attendees', async () => {
    await erase(await seats());
    await deliver(database, slot({ trigger: NO_SHOW, ...both(true), ...at(11) }));
    expect(await columnsWithTraces(database)).toEqual([]);
    expect((await statuses())[0]).toBe('no_show');
  });

  it('can still be cancelled by the host', async () => {
    await erase(await seats());
    await deliver(database, hostCancelsSlot);
    expect(await statuses()).toEqual(['cancelled', 'cancelled']);
  });
});

describe('a delivery without a salon', () => {
  const unassigned = async (organizerUsername: string | null) => {
    await deliver(database, zofiasBooking({ organizerUsername }), { payload: zofiasBooking() });
    return (await createClient(database, salon.id, { phone: PHONE, email: ZOFIA })).id;
  };
  const isErased = async () =>
    (await database.query('select erased_at is not null as erased from public.webhook_logs'))[0];

  describe.each([
    ['that names no host', null],
    ['that names a host', 'przyszly-salon'],
  ])('%s', (_name, host) => {
    it('is not erased by an owner', async () => {
      expect(await erase(await unassigned(host))).toMatchObject({ webhook_logs: 0 });
      expect(await isErased()).toEqual({ erased: false });
    });

    it('is erased by service_role', async () => {
      expect(await erase(await unassigned(host), null)).toMatchObject({ webhook_logs: 1 });
      expect(await isErased()).toEqual({ erased: true });
      expect(await columnsWithTraces(database)).toEqual([]);
    });
  });
});

it('a claimed message is not sent after the erasure', async () => {
  const zofia = await createClient(database, salon.id, { phone: PHONE, email: ZOFIA });
  await database.query(
    `insert into public.sms_messages (salon_id, client_id, local_date, phone, body, status,
       lease_token, lease_until, dispatch_started_at, next_attempt_at, not_after)
     select $1, $2, '2026-09-15', $3, 'Do jutra!', 'leased', gen_random_uuid(), now(), began, now(),
       now()
     from unnest(array[null, now()]) as began`,
    [salon.id, zofia.id, PHONE],
  );
  await erase(zofia.id);
  expect(
    await database.query(
      `select status, reason, phone, lease_token from public.sms_messages
       order by status desc`,
    ),
  ).toEqual([
    { status: 'cancelled', reason: 'erased', phone: null, lease_token: null },
    { status: 'dead', reason: 'erased', phone: null, lease_token: null },
  ]);
});
