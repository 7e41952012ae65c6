import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelled, created, rescheduled } from '../../../cli/simulator/deliveries/events.ts';
import { GROOMING, PUPPY_CLASS, TRIMMING } from '../../../cli/simulator/world/services.ts';
import { store } from '../../support/calcom/account.ts';
import { answer } from '../../support/calcom/booking-changes.ts';
import { deliverBySql } from '../../support/calcom/sql-receiver.ts';
import { createTown, HOUR_MS } from '../../support/calcom/town.ts';
import { type Appointments, startAppointments } from '../support/appointments.ts';

let stack: Appointments;

beforeAll(async () => {
  stack = await startAppointments();
});
beforeEach(async () => {
  stack.town.account.bookings.length = 0;
  await stack.database.query('delete from calendar_events');
  await stack.database.query('delete from webhook_logs');
  await stack.database.query('delete from salon_activity');
});
afterEach(() => expect(stack.calcom.violations).toEqual([]));
afterAll(() => stack.stop());

const act = (body: object) => stack.call(stack.staffId, body);
const later = (start: Date, hours: number) =>
  new Date(start.getTime() + hours * HOUR_MS).toISOString();
const activity = () =>
  stack.database.query(
    `select action, event_id, client_id, actor_id, outcome, error_code,
       finished_at is not null as is_finished from salon_activity order by created_at`,
  );
/** What anybody sees of the calendar. */
const visible = () =>
  stack.database.query(
    `select id, cal_com_event_id, status, start_time, end_time, client_id, pet_id,
       attendee_name, attendee_phone, attendee_email, cancellation_reason, status_before_no_show
     from appointments order by id`,
  );

describe('cancel', () => {
  it('is done in Cal.com, seen at once, and recorded', async () => {
    const { eventId, stored } = await stack.book();
    const { status, body } = await act({ action: 'cancel', eventId, reason: 'choroba groomera' });
    expect({ status, body }).toEqual({
      status: 200,
      body: { ok: true, action: 'cancel', eventId, shown: true },
    });
    expect(stored).toMatchObject({ status: 'cancelled', cancellationReason: 'choroba groomera' });
    expect(await stack.appointment(eventId))
      .toMatchObject({ status: 'cancelled', reason: 'choroba groomera' });
    expect(await activity()).toEqual([{
      action: 'cancel',
      event_id: eventId,
      client_id: null,
      actor_id: stack.staffId,
      outcome: 'done',
      error_code: null,
      is_finished: true,
    }]);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    const { eventId, stored: { booking } } = await stack.book();
    await act({ action: 'cancel', eventId, reason: 'Klient odwołał' });
    const before = await visible();
    await deliverBySql(stack.database, cancelled(booking, new Date().toISOString()));
    expect(await visible()).toEqual(before);
  });

  it('cancels one seat and leaves the others', async () => {
    const { eventId, stored } = await stack.book({ service: PUPPY_CLASS, seats: 3 });
    const gone = stored.seats?.[0]?.seatId;
    await act({ action: 'cancel', eventId, reason: 'choroba' });
    expect(stored.seats).toHaveLength(2);
    const statuses = await stack.database.query('select seat_id, status from calendar_events');
    expect(statuses).toHaveLength(3);
    expect(statuses.filter(({ status }) => status === 'cancelled'))
      .toEqual([{ seat_id: gone, status: 'cancelled' }]);
  });

  it('of a seat whose id Cal.com never sent is not asked for', async () => {
    const { eventId, stored: { booking } } = await stack.book();
    await stack.database.query('update calendar_events set cal_com_event_id = $1', [
      `${booking.uid}#0123456789abcdef`,
    ]);
    const asked = stack.calcom.requests.length;
    expect((await act({ action: 'cancel', eventId, reason: 'x' })).body).toMatchObject({
      code: 'booking_not_found',
      url: `https://cal.com/booking/${booking.uid}`,
    });
    expect(stack.calcom.requests).toHaveLength(asked);
  });

  it('cancels the last seat', async () => {
    const { eventId } = await stack.book({ service: PUPPY_CLASS, seats: 1 });
    await act({ action: 'cancel', eventId, reason: 'choroba' });
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'cancelled' });
  });
});

describe('move', () => {
  it('moves the appointment, which keeps its id', async () => {
    const { eventId, stored } = await stack.book();
    const start = later(stored.booking.start, 3);
    expect((await act({ action: 'move', eventId, start, reason: 'awaria' })).body)
      .toEqual({ ok: true, action: 'move', eventId, shown: true });
    expect(await stack.appointment(eventId)).toMatchObject({
      uid: stored.rescheduledTo,
      start: new Date(start),
      status: 'scheduled',
    });
    expect(await visible()).toHaveLength(1);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    const { eventId, stored } = await stack.book();
    await act({ action: 'move', eventId, start: later(stored.booking.start, 3) });
    const before = await visible();
    const moved = stack.town.account.bookings.at(-1)?.booking;
    if (moved === undefined) throw new Error('not moved');
    await deliverBySql(
      stack.database,
      rescheduled({ ...moved, replaced: stored.booking }, new Date().toISOString()),
    );
    expect(await visible()).toEqual(before);
  });

  it.each(['a free time', 'an existing slot'])('moves one seat into %s', async (where) => {
    const { eventId, stored } = await stack.book({ service: PUPPY_CLASS, seats: 2 });
    if (where === 'an existing slot') {
      await stack.book({ service: PUPPY_CLASS, seats: 1, inHours: 5 });
    }
    const count = (await visible()).length;
    const start = later(stored.booking.start, 5);
    await act({ action: 'move', eventId, start });
    expect(await stack.appointment(eventId))
      .toMatchObject({ start: new Date(start), status: 'scheduled' });
    expect(await visible()).toHaveLength(count);
    const slot = stack.town.account.bookings.at(-1);
    const seat = slot?.seats?.at(-1);
    if (slot === undefined || seat === undefined) throw new Error('not moved');
    const before = await visible();
    await deliverBySql(
      stack.database,
      rescheduled(
        { ...slot.booking, ...seat, replaced: stored.booking },
        new Date().toISOString(),
      ),
    );
    expect(await visible()).toEqual(before);
  });

  it('to a time that is taken is refused with slot_taken and Cal.com’s own page', async () => {
    const { eventId, stored } = await stack.book();
    await stack.book({ inHours: 3 });
    const { status, body } = await act({
      action: 'move',
      eventId,
      start: later(stored.booking.start, 3),
    });
    expect([status, body]).toMatchObject([422, {
      ok: false,
      code: 'slot_taken',
      url: `https://cal.com/reschedule/${stored.booking.uid}`,
    }]);
    expect(await activity()).toMatchObject([{ outcome: 'failed', error_code: 'slot_taken' }]);
    expect(await stack.appointment(eventId)).toMatchObject({ start: stored.booking.start });
  });
});

describe('no_show', () => {
  it('marks and unmarks the client', async () => {
    const { eventId } = await stack.book({ inHours: -26 });
    await act({ action: 'no_show', eventId, absent: true });
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'no_show' });
    await act({ action: 'no_show', eventId, absent: false });
    expect(await stack.appointment(eventId)).toMatchObject({ status: 'completed' });
  });

  it('is too_early before the appointment begins, and Cal.com is not asked', async () => {
    const { eventId } = await stack.book();
    const asked = stack.calcom.requests.length;
    expect((await act({ action: 'no_show', eventId, absent: true })).body)
      .toMatchObject({ code: 'too_early' });
    expect(stack.calcom.requests).toHaveLength(asked);
  });
});

it.each([['confirm', 'confirmed'], ['decline', 'cancelled']])(
  '%s leaves a pending appointment %s',
  async (action, status) => {
    const { eventId } = await stack.book({ service: TRIMMING });
    await act({ action, eventId });
    expect(await stack.appointment(eventId)).toMatchObject({ status });
  },
);

it('an appointment that is over is too_late to cancel or move', async () => {
  const { eventId } = await stack.book({ inHours: -48 });
  for (
    const body of [
      { action: 'cancel', reason: 'x' },
      { action: 'move', start: '2030-01-01T10:00:00Z' },
    ]
  ) {
    expect((await act({ ...body, eventId })).body).toMatchObject({ code: 'too_late' });
  }
});

describe('book', () => {
  const start = () => later(new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS), 50);
  const newBooking = (more: object = {}) => ({
    action: 'book',
    salonId: stack.salonId,
    eventTypeId: GROOMING.id,
    start: start(),
    clientId: stack.clientId,
    petId: stack.petId,
    ...more,
  });

  it('takes the time in Cal.com and makes an appointment of the client and pet', async () => {
    const { body } = await act(newBooking());
    expect(body).toMatchObject({ ok: true, action: 'book', shown: true });
    expect(await stack.database.query('select id, client_id, pet_id, status from calendar_events'))
      .toEqual([{
        id: 'eventId' in body ? body.eventId : null,
        client_id: stack.clientId,
        pet_id: stack.petId,
        status: 'scheduled',
      }]);
    expect(await activity()).toMatchObject([
      { action: 'book', client_id: stack.clientId, outcome: 'done' },
    ]);
  });

  it('of what another salon offers leaves the appointment to that salon', async () => {
    const otherTown = createTown(3, 'inny-salon');
    const booking = otherTown.newBooking(GROOMING, otherTown.newcomer(), Date.parse(start()));
    const made = answer(store(otherTown.account, booking, { createdAt: Date.now() }));
    stack.calcom.fail(made, made);
    expect((await act(newBooking())).body)
      .toMatchObject({ ok: true, eventId: null, shown: false });
    await deliverBySql(stack.database, created(booking, new Date().toISOString()));
    expect(await stack.database.query('select salon_id from calendar_events'))
      .toEqual([{ salon_id: stack.otherSalonId }]);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    await act(newBooking());
    const before = await visible();
    const [stored] = stack.town.account.bookings;
    if (stored === undefined) throw new Error('not booked');
    const link = { clientId: stack.clientId, petId: stack.petId };
    const booking = { ...stored.booking, booker: { ...stored.booking.booker, link } };
    await deliverBySql(stack.database, created(booking, new Date().toISOString()));
    expect(await visible()).toEqual(before);
  });

  it('takes a seat in a slot', async () => {
    const eventTypeId = PUPPY_CLASS.id;
    const { body } = await act(newBooking({ eventTypeId }));
    const [appointment] = await visible();
    expect(body).toMatchObject({ ok: true, eventId: appointment?.['id'] });
    expect(appointment?.['client_id']).toBe(stack.clientId);
  });

  it('at a time that is taken is refused with the booking page, filled in', async () => {
    await act(newBooking());
    const { body } = await act(newBooking());
    expect(body).toMatchObject({ code: 'slot_taken' });
    const url = new URL(body.ok || body.url === undefined ? '' : body.url);
    expect(url.origin + url.pathname).toBe('https://cal.com/psi-styl');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'name': 'Zofia Kaczmarek',
      'email': 'zofia@poczta.example',
      'attendeePhoneNumber': '+48501220314',
      'metadata[barkbookClientId]': stack.clientId,
      'metadata[barkbookPetId]': stack.petId,
    });
  });

  it('of an unknown event type is booking_not_found', async () => {
    expect((await act(newBooking({ eventTypeId: 1 }))).body)
      .toMatchObject({ code: 'booking_not_found' });
  });
});

it('event_types lists what can be booked', async () => {
  const { body } = await act({ action: 'event_types', salonId: stack.salonId });
  expect(body).toMatchObject({
    ok: true,
    eventTypes: expect.arrayContaining([
      { id: GROOMING.id, title: GROOMING.title, minutes: 60, slug: GROOMING.slug },
    ]),
  });
});

it('a change that Cal.com accepts and does not show yet is done, and not shown', async () => {
  const { eventId, stored } = await stack.book();
  const accepted = { status: 200, body: { status: 'success', data: {} } };
  stack.calcom.fail(answer(stored), accepted);
  const { body } = await act({ action: 'cancel', eventId, reason: 'x' });
  expect(body).toEqual({ ok: true, action: 'cancel', eventId, shown: false });
  expect(stored.status).toBe('accepted');
});
