import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';
import { snapshot, type SnapshotOverrides, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const EMAIL = 'zofia@poczta.example';
const delivered = (trigger: CalendarBooking['trigger'], hour: number, rest = {}) =>
  booking({ trigger, attendeeEmail: EMAIL, ...at(hour), ...rest });
const noShow = (hour: number, yes: boolean) =>
  delivered('BOOKING_NO_SHOW_UPDATED', hour, {
    startTime: null,
    endTime: null,
    attendees: [{ email: EMAIL, phone: null, noShow: yes }],
  });
const polled = (hour: number, rest: SnapshotOverrides = {}) =>
  snapshot({ attendeeEmail: EMAIL, ...at(hour), ...rest });

/** The one row that results from the deliveries in every order. */
async function rowAfter(deliveries: CalendarBooking[]) {
  const results = new Set<string>();
  for (const order of permutations(deliveries)) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    const rows = await syncedRows(database, salon.id);
    expect(rows).toHaveLength(1);
    // A snapshot that changes nothing else does not correct the time of booking.
    results.add(JSON.stringify({ ...rows[0], created_at: null }));
  }
  expect(results).toHaveLength(1);
  return JSON.parse([...results][0] ?? '');
}

describe('a snapshot, whenever it arrives,', () => {
  const created = delivered('BOOKING_CREATED', 1);
  it.each<[string, CalendarBooking[], string]>([
    ['creates an appointment that had no delivery', [polled(2)], 'scheduled'],
    ['changes nothing that it agrees with', [created, polled(2)], 'scheduled'],
    [
      'of an accepted request confirms the appointment',
      [delivered('BOOKING_REQUESTED', 1), polled(2)],
      'confirmed',
    ],
    [
      'of a pending request creates a pending appointment',
      [polled(2, { snapshot: { status: 'pending' } })],
      'pending',
    ],
    [
      'from before the confirmation does not undo it',
      [polled(1, { snapshot: { status: 'pending' } }), delivered('BOOKING_CREATED', 2)],
      'confirmed',
    ],
    [
      'of a cancelled booking cancels the appointment',
      [created, polled(2, { snapshot: { status: 'cancelled' } })],
      'cancelled',
    ],
    [
      'of a rejected booking cancels the appointment',
      [delivered('BOOKING_REQUESTED', 1), polled(2, { snapshot: { status: 'rejected' } })],
      'cancelled',
    ],
    [
      'from before a cancellation does not undo it',
      [created, polled(2), delivered('BOOKING_CANCELLED', 3)],
      'cancelled',
    ],
    [
      'from after a cancellation does not undo it if the booking has not changed since',
      [created, delivered('BOOKING_CANCELLED', 2), polled(3)],
      'cancelled',
    ],
    [
      'of a declined booking that was confirmed after all confirms the appointment',
      [
        delivered('BOOKING_REQUESTED', 1),
        delivered('BOOKING_REJECTED', 2),
        polled(4, { snapshot: { updatedAt: at(3).occurredAt } }),
      ],
      'confirmed',
    ],
    [
      'of a booking that ended completes the appointment',
      [created, polled(3, { snapshot: { ended: true } })],
      'completed',
    ],
    [
      'of a booking moved to a later time undoes the end',
      [created, delivered('MEETING_ENDED', 2, { endTime: '2026-09-20T09:00:00.000Z' }), polled(3)],
      'scheduled',
    ],
    [
      'of a confirmed booking moved to a later time undoes the end',
      [
        delivered('BOOKING_REQUESTED', 1),
        delivered('BOOKING_CREATED', 2),
        delivered('MEETING_ENDED', 3, { endTime: '2026-09-20T09:00:00.000Z' }),
        polled(4),
      ],
      'confirmed',
    ],
    [
      'of a no-show marks the appointment',
      [created, polled(3, { snapshot: { ended: true, absent: true } })],
      'no_show',
    ],
    [
      'of a no-show shows that the request was accepted, also once it is moved',
      [
        delivered('BOOKING_REQUESTED', 1),
        polled(3, { snapshot: { absent: true } }),
        delivered('BOOKING_RESCHEDULED', 4, { uid: 'uid-1', rescheduleUid: 'uid-0' }),
      ],
      'confirmed',
    ],
    [
      'without a no-show takes it back',
      [created, noShow(2, true), polled(3, { snapshot: { ended: true } })],
      'completed',
    ],
    [
      'from before a no-show does not take it back',
      [created, polled(2, { snapshot: { ended: true } }), noShow(3, true)],
      'no_show',
    ],
    [
      'of a no-show does not prevent a delivery from taking it back',
      [created, polled(2, { snapshot: { ended: true, absent: true } }), noShow(3, false)],
      'completed',
    ],
  ])('%s', async (_name, deliveries, status) => {
    expect(await rowAfter(deliveries)).toMatchObject({ status });
  });

  it('moves the appointment to the booking’s time', async () => {
    const later = { startTime: '2026-09-16T08:00:00.000Z', endTime: '2026-09-16T09:30:00.000Z' };
    expect(await rowAfter([created, polled(2, later)])).toMatchObject({
      start_time: '2026-09-16T08:00:00+00:00',
      duration_minutes: 90,
    });
  });

  it('from before a reschedule under the same uid does not undo it', async () => {
    const moved = delivered('BOOKING_RESCHEDULED', 3, {
      rescheduleUid: 'uid-0',
      startTime: '2026-09-16T08:00:00.000Z',
      endTime: '2026-09-16T09:00:00.000Z',
    });
    expect(await rowAfter([created, polled(2), moved])).toMatchObject({
      start_time: '2026-09-16T08:00:00+00:00',
    });
  });

  it('of a booking’s successor moves the appointment', async () => {
    const moved = polled(2, { uid: 'uid-1', rescheduleUid: 'uid-0' });
    expect(await rowAfter([created, moved])).toMatchObject({
      cal_com_event_id: 'uid-1',
      status: 'scheduled',
    });
  });

  it('of a booking’s predecessor changes nothing, though older servers call it cancelled', async () => {
    const old = polled(4, { snapshot: { status: 'cancelled' } });
    const moved = polled(3, { uid: 'uid-1', rescheduleUid: 'uid-0' });
    expect(await rowAfter([created, old, moved])).toMatchObject({
      cal_com_event_id: 'uid-1',
      status: 'scheduled',
      cancelled_at: null,
    });
  });

  it.each(['uid-1', null])(
    'of a predecessor does not undo that the booking was confirmed (successor: %s)',
    async (movedTo) => {
      const confirmed = [delivered('BOOKING_REQUESTED', 1), delivered('BOOKING_CREATED', 2)];
      const moved = delivered('BOOKING_RESCHEDULED', 3, { uid: 'uid-1', rescheduleUid: 'uid-0' });
      const old = polled(4, { snapshot: { status: 'cancelled', movedTo } });
      expect(await rowAfter([...confirmed, moved, old])).toMatchObject({
        cal_com_event_id: 'uid-1',
        status: 'confirmed',
      });
    },
  );

  it('stores when and why the booking was cancelled', async () => {
    const off = polled(5, {
      cancellationReason: 'choroba',
      snapshot: { status: 'cancelled', updatedAt: '2026-09-02T03:00:00.000Z' },
    });
    expect(await rowAfter([created, off])).toMatchObject({
      cancelled_at: '2026-09-02T03:00:00+00:00',
      cancellation_reason: 'choroba',
    });
  });
});

describe('a delivery', () => {
  it('that arrives during a poll is not undone by that poll', async () => {
    await deliver(database, delivered('BOOKING_CREATED', 1));
    await deliver(database, delivered('BOOKING_CANCELLED', 3));
    await sync(database, salon.id, [polled(2)]);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is undone by a later poll of a booking that changed since', async () => {
    await deliver(database, delivered('BOOKING_CREATED', 1));
    await deliver(database, delivered('BOOKING_CANCELLED', 3));
    await sync(database, salon.id, [polled(2)]);
    await sync(database, salon.id, [polled(4, { snapshot: { updatedAt: at(4).occurredAt } })]);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  });
});
