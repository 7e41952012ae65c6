import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, permutations, syncedRows } from '../support/lives.ts';
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
const at = (hour: number) => ({
  occurredAt: `2026-09-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
});
const heard = (trigger: CalendarBooking['trigger'], hour: number, rest = {}) =>
  booking({ trigger, attendeeEmail: EMAIL, ...at(hour), ...rest });
const noShow = (hour: number, yes: boolean) =>
  heard('BOOKING_NO_SHOW_UPDATED', hour, {
    startTime: null,
    endTime: null,
    attendees: [{ email: EMAIL, phone: null, noShow: yes }],
  });
const seen = (hour: number, rest: SnapshotOverrides = {}) =>
  snapshot({ attendeeEmail: EMAIL, ...at(hour), ...rest });

/** The one row that comes of the deliveries, whatever their order. */
async function rowAfter(deliveries: CalendarBooking[]) {
  const results = new Set<string>();
  for (const order of permutations(deliveries)) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    const rows = await syncedRows(database, salon.id);
    expect(rows).toHaveLength(1);
    results.add(JSON.stringify(rows[0]));
  }
  expect(results).toHaveLength(1);
  return JSON.parse([...results][0] ?? '');
}

describe('in whatever order they arrive, a snapshot', () => {
  const created = heard('BOOKING_CREATED', 1);
  it.each<[string, CalendarBooking[], string]>([
    ['makes the appointment that no webhook told of', [seen(2)], 'scheduled'],
    ['leaves alone what it confirms', [created, seen(2)], 'scheduled'],
    [
      'of a request that was accepted confirms it',
      [heard('BOOKING_REQUESTED', 1), seen(2)],
      'confirmed',
    ],
    [
      'of a request that waits is a request',
      [seen(2, { snapshot: { status: 'pending' } })],
      'pending',
    ],
    [
      'before the confirmation does not undo it',
      [seen(1, { snapshot: { status: 'pending' } }), heard('BOOKING_CREATED', 2)],
      'confirmed',
    ],
    [
      'cancels what was cancelled unheard',
      [created, seen(2, { snapshot: { status: 'cancelled' } })],
      'cancelled',
    ],
    [
      'cancels what was rejected unheard',
      [heard('BOOKING_REQUESTED', 1), seen(2, { snapshot: { status: 'rejected' } })],
      'cancelled',
    ],
    [
      'from before a cancellation does not undo it',
      [created, seen(2), heard('BOOKING_CANCELLED', 3)],
      'cancelled',
    ],
    [
      'from after a cancellation that was not of this booking undoes it',
      [created, heard('BOOKING_CANCELLED', 2), seen(3)],
      'scheduled',
    ],
    [
      'completes an appointment that has ended unheard',
      [created, seen(3, { snapshot: { ended: true } })],
      'completed',
    ],
    [
      'undoes the end of an appointment that was moved later unheard',
      [created, heard('MEETING_ENDED', 2, { endTime: '2026-09-20T09:00:00.000Z' }), seen(3)],
      'scheduled',
    ],
    [
      'notes a client who did not come',
      [created, seen(3, { snapshot: { ended: true, absent: true } })],
      'no_show',
    ],
    [
      'takes a no-show back that was taken back unheard',
      [created, noShow(2, true), seen(3, { snapshot: { ended: true } })],
      'completed',
    ],
    [
      'from before a no-show does not take it back',
      [created, seen(2, { snapshot: { ended: true } }), noShow(3, true)],
      'no_show',
    ],
    [
      'of a no-show lets a webhook take it back',
      [created, seen(2, { snapshot: { ended: true, absent: true } }), noShow(3, false)],
      'completed',
    ],
  ])('%s', async (_name, deliveries, status) => {
    expect(await rowAfter(deliveries)).toMatchObject({ status });
  });

  it('moves the appointment to the time that Cal.com has', async () => {
    const later = { startTime: '2026-09-16T08:00:00.000Z', endTime: '2026-09-16T09:30:00.000Z' };
    expect(await rowAfter([created, seen(2, later)])).toMatchObject({
      start_time: '2026-09-16T08:00:00+00:00',
      duration_minutes: 90,
    });
  });

  it('from before a move in place does not undo it', async () => {
    const moved = heard('BOOKING_RESCHEDULED', 3, {
      rescheduleUid: 'uid-0',
      startTime: '2026-09-16T08:00:00.000Z',
      endTime: '2026-09-16T09:00:00.000Z',
    });
    expect(await rowAfter([created, seen(2), moved])).toMatchObject({
      start_time: '2026-09-16T08:00:00+00:00',
    });
  });

  it('of the booking that took its place moves the appointment there', async () => {
    const moved = seen(2, { uid: 'uid-1', rescheduleUid: 'uid-0' });
    expect(await rowAfter([created, moved])).toMatchObject({
      cal_com_event_id: 'uid-1',
      status: 'scheduled',
    });
  });

  it('of the booking it took the place of says nothing, though older servers call it cancelled', async () => {
    const old = seen(4, { snapshot: { status: 'cancelled' } });
    const moved = seen(3, { uid: 'uid-1', rescheduleUid: 'uid-0' });
    expect(await rowAfter([created, old, moved])).toMatchObject({
      cal_com_event_id: 'uid-1',
      status: 'scheduled',
      cancelled_at: null,
    });
  });

  it('tells when and why it was cancelled', async () => {
    const off = seen(5, {
      cancellationReason: 'choroba',
      snapshot: { status: 'cancelled', updatedAt: '2026-09-02T03:00:00.000Z' },
    });
    expect(await rowAfter([created, off])).toMatchObject({
      cancelled_at: '2026-09-02T03:00:00+00:00',
      cancellation_reason: 'choroba',
    });
  });
});

describe('a webhook', () => {
  it('that came while Cal.com was asked is not overridden by the answer', async () => {
    await deliver(database, heard('BOOKING_CREATED', 1));
    await deliver(database, heard('BOOKING_CANCELLED', 3));
    await sync(database, salon.id, [seen(2)]);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('after which Cal.com says the same as before has no last word', async () => {
    await deliver(database, heard('BOOKING_CREATED', 1));
    await deliver(database, heard('BOOKING_CANCELLED', 3));
    await sync(database, salon.id, [seen(2)]);
    await sync(database, salon.id, [seen(4)]);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  });
});
