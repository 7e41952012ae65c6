import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';

type Client = Awaited<ReturnType<typeof createClient>>;

let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;
let zofia: Client;
let stranger: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database);
  theirs = await createSalon(database, { username: 'inny-salon' });
  zofia = await createClient(database, ours.id);
  stranger = await createClient(database, theirs.id);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const metadataOf = (client: Client) => ({ clientId: client.id, petId: client.petIds[0] ?? null });
const lastLog = async () =>
  (await database.query(
    'select salon_id, status, error_message, warnings::text[] from public.webhook_logs order by created_at',
  )).at(-1);

describe('the salon of a booking', () => {
  it('is that of the host, in whatever case the username is written', async () => {
    await deliver(database, booking({ organizerUsername: 'PSI-Styl' }));
    expect(await syncedRows(database, ours.id)).toHaveLength(1);
  });

  it('is that of the client in the metadata if the host is unknown', async () => {
    await deliver(database, booking({ organizerUsername: null, ...metadataOf(zofia) }));
    expect(await syncedRows(database, ours.id)).toHaveLength(1);
  });

  it('is that of the pet in the metadata if only the pet is named', async () => {
    const petId = zofia.petIds[0] ?? null;
    await deliver(database, booking({ organizerUsername: null, petId }));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ pet_id: petId }]);
  });

  it('stays the same, whatever metadata a later delivery carries', async () => {
    await deliver(database, booking());
    await deliver(
      database,
      booking({
        trigger: 'BOOKING_RESCHEDULED',
        organizerUsername: null,
        occurredAt: '2026-09-02T10:00:00.000Z',
        ...metadataOf(stranger),
      }),
    );
    expect(await syncedRows(database, theirs.id)).toEqual([]);
    expect(await syncedRows(database, ours.id)).toMatchObject([{ client_id: null, pet_id: null }]);
  });
});

describe('forged metadata', () => {
  it("never links another salon's client or pet, which is logged as a warning", async () => {
    await deliver(database, booking(metadataOf(stranger)));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ client_id: null, pet_id: null }]);
    expect(await lastLog()).toMatchObject({
      status: 'success',
      warnings: ['client_refused', 'pet_refused'],
    });
  });

  it('never links the pet of another client of the salon', async () => {
    const other = await createClient(database, ours.id, {
      phone: '+48600000001',
      email: 'inna@poczta.example',
      pets: 2,
    });
    await deliver(
      database,
      booking({ clientId: other.id, petId: zofia.petIds[0] ?? null }),
    );
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: other.id, pet_id: null },
    ]);
    expect(await lastLog()).toMatchObject({ warnings: ['pet_refused'] });
  });

  it('cannot move a booking to another salon', async () => {
    await deliver(database, booking());
    const answer = await deliver(
      database,
      booking({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'uid-1',
        rescheduleUid: 'uid-0',
        organizerUsername: 'inny-salon',
        occurredAt: '2026-09-02T10:00:00.000Z',
      }),
    );
    expect(answer).toMatchObject({ action: 'deferred', reason: 'other_salon' });
    expect(await syncedRows(database, ours.id)).toMatchObject([{ cal_com_event_id: 'uid-0' }]);
    expect(await syncedRows(database, theirs.id)).toEqual([]);
  });

  it("cannot cancel another salon's booking", async () => {
    await deliver(database, booking());
    await deliver(
      database,
      booking({ trigger: 'BOOKING_CANCELLED', organizerUsername: 'inny-salon' }),
    );
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'scheduled' }]);
  });
});

describe('the client of a booking without metadata', () => {
  it.each([
    ['is found by phone, in any format', { attendeePhone: '501 220 314' }, 'phone'],
    ['is found by e-mail', { attendeeEmail: 'zofia@poczta.example' }, 'email'],
  ])('%s', async (_name, contact, source) => {
    await deliver(database, booking(contact));
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: zofia.id, pet_id: zofia.petIds[0], link_source: source },
    ]);
  });

  it('is linked without the pet if the only pet has no salon', async () => {
    const owner = await createClient(database, ours.id, { phone: '+48600000005', email: null });
    await database.query('update public.pets set salon_id = null where id = any ($1)', [
      owner.petIds,
    ]);
    await deliver(database, booking({ attendeePhone: '+48600000005' }));
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: owner.id, pet_id: null },
    ]);
  });

  it('is not linked if two clients match', async () => {
    const phone = '+48600000002';
    await createClient(database, ours.id, { phone, email: null });
    await createClient(database, ours.id, { phone, email: null });
    await deliver(database, booking({ attendeePhone: phone }));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ client_id: null }]);
  });

  it('is not linked by an e-mail that two clients have', async () => {
    const email = 'wspolny@poczta.example';
    await createClient(database, ours.id, { phone: '+48600000006', email });
    await createClient(database, ours.id, { phone: '+48600000007', email });
    await deliver(database, booking({ attendeeEmail: email }));
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: null, link_source: null },
    ]);
    // Nor if the phone is given, but nobody's.
    await forgetDeliveries(database);
    await deliver(database, booking({ attendeeEmail: email, attendeePhone: '+48600000099' }));
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: null, link_source: null },
    ]);
  });

  it.each(['MEETING_ENDED', 'BOOKING_CANCELLED', 'BOOKING_REJECTED'] as const)(
    'does not change by %s that names another client',
    async (trigger) => {
      const email = `${trigger.toLowerCase()}@poczta.example`;
      await createClient(database, ours.id, { phone: '+48600000008', email });
      await deliver(database, booking({ attendeeEmail: 'zofia@poczta.example' }));
      await deliver(database, booking({ trigger, attendeeEmail: email, ...at(11) }));
      expect(await syncedRows(database, ours.id)).toMatchObject([{
        client_id: zofia.id,
        pet_id: zofia.petIds[0],
        link_source: 'email',
        attendee_email: 'zofia@poczta.example',
      }]);
    },
  );

  it('is found by the phone of the newest delivery, in any order of deliveries', async () => {
    const other = await createClient(database, ours.id, { phone: '+48600000004', email: null });
    const first = booking({ attendeePhone: '501 220 314' });
    const newer = booking({
      trigger: 'BOOKING_RESCHEDULED',
      occurredAt: '2026-09-02T10:00:00.000Z',
      attendeePhone: '600 000 004',
    });
    for (const order of [[first, newer], [newer, first]]) {
      await forgetDeliveries(database);
      for (const delivery of order) await deliver(database, delivery);
      expect(await syncedRows(database, ours.id)).toMatchObject([
        { client_id: other.id, pet_id: other.petIds[0], link_source: 'phone' },
      ]);
    }
  });

  it('stays the one that a member assigned', async () => {
    const chosen = await createClient(database, ours.id, { phone: '+48600000003', pets: 0 });
    const { event_id: eventId } = await deliver(database, booking(metadataOf(zofia)));
    await database.as(
      'authenticated',
      ours.ownerId,
      (client) =>
        client.query(
          'update public.calendar_events set client_id = $1, pet_id = null where id = $2',
          [
            chosen.id,
            eventId,
          ],
        ),
    );
    await deliver(
      database,
      booking({
        trigger: 'BOOKING_RESCHEDULED',
        occurredAt: '2026-09-02T10:00:00.000Z',
        ...metadataOf(zofia),
      }),
    );
    expect(await syncedRows(database, ours.id)).toMatchObject([
      { client_id: chosen.id, pet_id: null, link_source: 'manual' },
    ]);
  });
});
