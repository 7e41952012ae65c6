import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelled, rescheduled } from '../../../cli/simulator/deliveries/events.ts';
import { PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import { deliverBySql } from '../../support/calcom/sql-receiver.ts';
import { type ActionScene, later, startActions } from '../support/appointment-actions.ts';

let scene: ActionScene;

beforeAll(async () => {
  scene = await startActions();
});
beforeEach(() => scene.forget());
afterEach(() => expect(scene.calcom.violations).toEqual([]));
afterAll(() => scene.stop());

describe('cancel', () => {
  it('is done in Cal.com, seen at once, and recorded', async () => {
    const { eventId, stored } = await scene.book();
    const { status, body } = await scene.act({
      action: 'cancel',
      eventId,
      reason: 'choroba groomera',
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: { ok: true, action: 'cancel', eventId, shown: true },
    });
    expect(stored).toMatchObject({ status: 'cancelled', cancellationReason: 'choroba groomera' });
    expect(await scene.appointment(eventId))
      .toMatchObject({ status: 'cancelled', reason: 'choroba groomera' });
    expect(await scene.activity()).toEqual([{
      action: 'cancel',
      event_id: eventId,
      client_id: null,
      actor_id: scene.staffId,
      outcome: 'done',
      error_code: null,
      is_finished: true,
    }]);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    const { eventId, stored: { booking } } = await scene.book();
    await scene.act({ action: 'cancel', eventId, reason: 'Klient odwołał' });
    const before = await scene.visible();
    await deliverBySql(scene.database, cancelled(booking, new Date().toISOString()));
    expect(await scene.visible()).toEqual(before);
  });

  it('cancels one seat and leaves the others', async () => {
    const { eventId, stored } = await scene.book({ service: PUPPY_CLASS, seats: 3 });
    const gone = stored.seats?.[0]?.seatId;
    await scene.act({ action: 'cancel', eventId, reason: 'choroba' });
    expect(stored.seats).toHaveLength(2);
    const statuses = await scene.database.query('select seat_id, status from calendar_events');
    expect(statuses).toHaveLength(3);
    expect(statuses.filter(({ status }) => status === 'cancelled'))
      .toEqual([{ seat_id: gone, status: 'cancelled' }]);
  });

  it('of a seat whose id Cal.com never sent is not asked for', async () => {
    const { eventId, stored: { booking } } = await scene.book();
    await scene.database.query('update calendar_events set cal_com_event_id = $1', [
      `${booking.uid}#0123456789abcdef`,
    ]);
    const asked = scene.calcom.requests.length;
    expect((await scene.act({ action: 'cancel', eventId, reason: 'x' })).body).toMatchObject({
      code: 'booking_not_found',
      url: `https://cal.com/booking/${booking.uid}`,
    });
    expect(scene.calcom.requests).toHaveLength(asked);
  });

  it('cancels the last seat', async () => {
    const { eventId } = await scene.book({ service: PUPPY_CLASS, seats: 1 });
    await scene.act({ action: 'cancel', eventId, reason: 'choroba' });
    expect(await scene.appointment(eventId)).toMatchObject({ status: 'cancelled' });
  });
});

describe('move', () => {
  it('moves the appointment, which keeps its id', async () => {
    const { eventId, stored } = await scene.book();
    const start = later(stored.booking.start, 3);
    expect((await scene.act({ action: 'move', eventId, start, reason: 'awaria' })).body)
      .toEqual({ ok: true, action: 'move', eventId, shown: true });
    expect(await scene.appointment(eventId)).toMatchObject({
      uid: stored.rescheduledTo,
      start: new Date(start),
      status: 'scheduled',
    });
    expect(await scene.visible()).toHaveLength(1);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    const { eventId, stored } = await scene.book();
    await scene.act({ action: 'move', eventId, start: later(stored.booking.start, 3) });
    const before = await scene.visible();
    const moved = scene.town.account.bookings.at(-1)?.booking;
    if (moved === undefined) throw new Error('not moved');
    await deliverBySql(
      scene.database,
      rescheduled({ ...moved, replaced: stored.booking }, new Date().toISOString()),
    );
    expect(await scene.visible()).toEqual(before);
  });

  it.each(['a free time', 'an existing slot'])('moves one seat into %s', async (where) => {
    const { eventId, stored } = await scene.book({ service: PUPPY_CLASS, seats: 2 });
    if (where === 'an existing slot') {
      await scene.book({ service: PUPPY_CLASS, seats: 1, inHours: 5 });
    }
    const count = (await scene.visible()).length;
    const start = later(stored.booking.start, 5);
    await scene.act({ action: 'move', eventId, start });
    expect(await scene.appointment(eventId))
      .toMatchObject({ start: new Date(start), status: 'scheduled' });
    expect(await scene.visible()).toHaveLength(count);
    const slot = scene.town.account.bookings.at(-1);
    const seat = slot?.seats?.at(-1);
    if (slot === undefined || seat === undefined) throw new Error('not moved');
    const before = await scene.visible();
    await deliverBySql(
      scene.database,
      rescheduled(
        { ...slot.booking, ...seat, replaced: stored.booking },
        new Date().toISOString(),
      ),
    );
    expect(await scene.visible()).toEqual(before);
  });

  it('to a time that is taken is refused with slot_taken and Cal.com’s own page', async () => {
    const { eventId, stored } = await scene.book();
    await scene.book({ inHours: 3 });
    const { status, body } = await scene.act({
      action: 'move',
      eventId,
      start: later(stored.booking.start, 3),
    });
    expect([status, body]).toMatchObject([422, {
      ok: false,
      code: 'slot_taken',
      url: `https://cal.com/reschedule/${stored.booking.uid}`,
    }]);
    expect(await scene.activity()).toMatchObject([{ outcome: 'failed', error_code: 'slot_taken' }]);
    expect(await scene.appointment(eventId)).toMatchObject({ start: stored.booking.start });
  });
});

it('an appointment that is over is too_late to cancel or move', async () => {
  const { eventId } = await scene.book({ inHours: -48 });
  for (
    const body of [
      { action: 'cancel', reason: 'x' },
      { action: 'move', start: '2030-01-01T10:00:00Z' },
    ]
  ) {
    expect((await scene.act({ ...body, eventId })).body).toMatchObject({ code: 'too_late' });
  }
});
