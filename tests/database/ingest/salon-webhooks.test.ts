import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOOKING_TRIGGERS, type CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { deliverSignedBy, readUids, visibleTo } from '../support/salon-webhooks.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { hostCancelsSlot, person, slot, TOMASZ, ZOFIA, zofia } from '../support/seated-slot.ts';

/** `theirs` has an appointment; `ours` sends forged deliveries through its own webhook. */
let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: 'ours' });
  theirs = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const forge = (delivered: Partial<CalendarBooking>) => deliverSignedBy(database, ours, delivered);
const deliverTheirs = (delivered: Partial<CalendarBooking>) =>
  deliver(database, booking(delivered), { salonId: theirs.id });
const uidsOf = (salon: TestSalon) => readUids(database, salon);
const visibleToUs = () => visibleTo(database, ours);

describe('a delivery from a salon’s own webhook', () => {
  it('belongs to that salon, whoever hosts and even without a username', async () => {
    const unnamed = await createSalon(database, { username: null });
    const answer = await deliver(database, booking({ organizerUsername: 'pracownik' }), {
      salonId: unnamed.id,
    });
    expect(answer).toMatchObject({ action: 'applied' });
    expect(await syncedRows(database, unnamed.id)).toHaveLength(1);
  });

  it('belongs to that salon even if host and metadata name another', async () => {
    const stranger = await createClient(database, theirs.id);
    await forge({ clientId: stranger.id, petId: stranger.petIds[0] ?? null });
    expect(await syncedRows(database, theirs.id)).toEqual([]);
    expect(await syncedRows(database, ours.id)).toMatchObject([{ client_id: null, pet_id: null }]);
    expect(await database.query('select warnings::text[], salon_id from public.webhook_logs'))
      .toEqual([{ warnings: ['client_refused', 'pet_refused'], salon_id: ours.id }]);
  });

  it('is logged for that salon even if it cannot be parsed', async () => {
    await database.as('service_role', null, (client) =>
      client.query(
        `select public.upsert_calendar_event('key', 'BOOKING_CREATED', '{}', null, 'Invalid', $1)`,
        [ours.id],
      ));
    expect(await database.query('select salon_id, action from public.webhook_logs'))
      .toEqual([{ salon_id: ours.id, action: 'invalid' }]);
  });

  it('stays with that salon when it is parsed later, whoever hosts', async () => {
    await database.as('service_role', null, (client) =>
      client.query(
        `select public.upsert_calendar_event('key', 'BOOKING_CREATED', '{}', null, 'Invalid', $1)`,
        [ours.id],
      ));
    const [log] = await database.query<{ key: string }>(
      'select delivery_key as key from public.webhook_logs',
    );
    await deliver(database, booking(), { deliveryKey: log?.key ?? '' });
    expect(await syncedRows(database, theirs.id)).toEqual([]);
    expect(await syncedRows(database, ours.id)).toHaveLength(1);
  });

  it('is deferred until its booking arrives', async () => {
    await forge({ trigger: 'BOOKING_CANCELLED' });
    await deliver(database, booking({ organizerUsername: 'ours' }));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('with the same bytes as another salon’s delivery is no duplicate of it', async () => {
    const answers = [
      await deliver(database, booking(), { salonId: ours.id, deliveryKey: 'same' }),
      await deliver(database, booking(), { deliveryKey: 'same' }),
      await deliver(database, booking(), { salonId: theirs.id, deliveryKey: 'same' }),
      await deliver(database, booking(), { salonId: ours.id, deliveryKey: 'same' }),
    ];
    expect(answers.map(({ action }) => action))
      .toEqual(['applied', 'deferred', 'deferred', 'duplicate']);
  });
});

describe("another salon's appointment", () => {
  const appointment = { attendeeEmail: ZOFIA, title: 'Tajemnica', icalUid: 'uid-0@Cal.com' };

  async function expectUntouched(attack: Partial<CalendarBooking>): Promise<void> {
    const before = [await syncedRows(database, theirs.id), await uidsOf(theirs)];
    const answer = await forge(attack);
    expect(answer).toMatchObject({ action: 'deferred', reason: 'other_salon', event_id: null });
    expect([await syncedRows(database, theirs.id), await uidsOf(theirs)]).toEqual(before);
    expect(await syncedRows(database, ours.id)).toEqual([]);
    expect(await visibleToUs()).not.toMatch(/Tajemnica|zofia/);
  }

  beforeEach(() => deliverTheirs(appointment));

  it.each(BOOKING_TRIGGERS)('cannot be changed by %s', async (trigger) => {
    const attendees = [{ email: ZOFIA, phone: null, noShow: true }];
    await expectUntouched({ trigger, attendees, attendeeEmail: ZOFIA });
  });

  it.each<[string, Partial<CalendarBooking>]>([
    ['its uid as the old one', { uid: 'new', rescheduleUid: 'uid-0' }],
    ['its uid as the first one', { uid: 'new', rescheduleUid: 'mid', icalUid: 'uid-0@Cal.com' }],
    ['its uid as the new one', { uid: 'uid-0', rescheduleUid: 'older' }],
    ['its uid as a slot', { uid: 'new', rescheduleUid: 'uid-0', seated: true, wholeSlot: true }],
  ])('cannot be moved by a reschedule with %s', async (_how, booked) => {
    await expectUntouched({ trigger: 'BOOKING_RESCHEDULED', ...booked });
  });

  it('cannot be merged with one of ours', async () => {
    await forge({ uid: 'mine' });
    expect(await forge({ trigger: 'BOOKING_RESCHEDULED', uid: 'mine', rescheduleUid: 'uid-0' }))
      .toMatchObject({ reason: 'other_salon' });
    expect(await uidsOf(theirs)).toMatchObject([{ cal_com_event_id: 'uid-0' }]);
    expect(await uidsOf(ours)).toMatchObject([{ cal_com_event_id: 'mine', replaces: null }]);
  });

  it('does not become ours when a refused delivery is retried', async () => {
    await forge({ trigger: 'BOOKING_RESCHEDULED', uid: 'new', rescheduleUid: 'uid-0' });
    await database.query(
      `select private.process_delivery(l, true) from public.webhook_logs l where l.salon_id = $1`,
      [ours.id],
    );
    expect(await syncedRows(database, ours.id)).toEqual([]);
    expect(await syncedRows(database, theirs.id)).toMatchObject([{ cal_com_event_id: 'uid-0' }]);
  });
});

describe("another salon's slot", () => {
  const expectRefused = async (attack: Partial<CalendarBooking>) => {
    const before = [await syncedRows(database, theirs.id), await uidsOf(theirs)];
    expect(await forge(slot(attack))).toMatchObject({ reason: 'other_salon' });
    expect([await syncedRows(database, theirs.id), await uidsOf(theirs)]).toEqual(before);
  };

  it('cannot be cancelled, moved or booked, nor can its seats', async () => {
    await deliverTheirs(zofia);
    await expectRefused({ trigger: 'BOOKING_CANCELLED', seatId: 'seat-z', ...person(ZOFIA) });
    await expectRefused({ ...hostCancelsSlot });
    await expectRefused({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'elsewhere',
      rescheduleUid: 'slot',
      wholeSlot: true,
    });
    await expectRefused({ seatId: 'seat-t', ...person(TOMASZ) });
  });

  it('keeps the placeholder of a seat whose booking has not arrived', async () => {
    await deliverTheirs(slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'later-slot',
      rescheduleUid: 'slot',
      seatId: 'seat-z2',
      ...person(ZOFIA),
      ...at(12),
    }));
    await expectRefused({ seatId: 'forged', ...person(ZOFIA) });
  });

  it('is not affected by an earlier delivery of ours about its seats', async () => {
    const [placeholder] = await database.query<{ key: string }>(
      `select private.booking_seat_id($1::jsonb) as key`,
      [JSON.stringify(slot(person(ZOFIA)))],
    );
    await forge(
      slot({ trigger: 'BOOKING_CANCELLED', seatId: placeholder?.key ?? '', ...person(ZOFIA) }),
    );
    const moved = slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'later-slot',
      rescheduleUid: 'slot',
      seatId: 'seat-z2',
      ...person(ZOFIA),
      ...at(12),
    });
    await deliverTheirs(moved);
    await deliverTheirs(zofia);
    expect(await syncedRows(database, theirs.id))
      .toMatchObject([{ cal_com_event_id: 'later-slot#seat-z2', status: 'scheduled' }]);
  });
});
