import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { at, deliver } from '../support/deliveries.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';
import { person, slot, TOMASZ, tomasz, ZOFIA, zofia } from '../support/seated-slot.ts';
import { loggedSnapshots, snapshot, type SnapshotOverrides, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const SEATS = { 'seat-z': ZOFIA, 'seat-t': TOMASZ };
const rows = () => syncedRows(database, salon.id);

/** A slot as the API lists it: each seat, then the whole slot. */
function listed(
  hour: number,
  seatIds: (keyof typeof SEATS)[],
  { snapshot: state, ...rest }: SnapshotOverrides = {},
): CalendarBooking[] {
  const common = { uid: 'slot', seated: true, ...at(hour), ...rest };
  return [
    ...seatIds.map((seatId) =>
      snapshot({ ...common, seatId, ...person(SEATS[seatId]), snapshot: { ...state } })
    ),
    snapshot({ ...common, wholeSlot: true, snapshot: { seats: seatIds, ...state } }),
  ];
}
const syncAll = (...snapshots: CalendarBooking[]) => sync(database, salon.id, snapshots);
const statuses = async () => (await rows()).map((row) => [row['attendee_email'], row['status']]);

it('each seat without a delivery becomes an appointment', async () => {
  expect(await syncAll(...listed(10, ['seat-z', 'seat-t']))).toEqual({ applied: 2, unchanged: 1 });
  expect(await rows()).toMatchObject([
    { cal_com_event_id: 'slot#seat-t', attendee_email: TOMASZ, status: 'scheduled' },
    { cal_com_event_id: 'slot#seat-z', attendee_email: ZOFIA, status: 'scheduled' },
  ]);
});

it('a seat that is no longer listed is cancelled, in any order of arrival', async () => {
  for (const order of permutations([zofia, tomasz, ...listed(10, ['seat-z'])])) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    // The slot itself may have been unknown when its snapshot arrived.
    await syncAll(...listed(11, ['seat-z']));
    expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'scheduled']]);
  }
});

it('a seat that was taken after the poll is not cancelled', async () => {
  const late = { ...tomasz, ...at(12) };
  for (const order of permutations([zofia, late, ...listed(10, ['seat-z'])])) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    expect(await statuses()).toEqual([[TOMASZ, 'scheduled'], [ZOFIA, 'scheduled']]);
  }
});

it('a seat that was taken after the slot moved is not at the time of an earlier poll', async () => {
  const moved = { startTime: '2026-09-20T08:00:00.000Z', endTime: '2026-09-20T09:00:00.000Z' };
  const hostMoves = slot({
    trigger: 'BOOKING_RESCHEDULED',
    rescheduleUid: 'slot',
    wholeSlot: true,
    ...moved,
    ...at(11),
  });
  const taken = slot({ seatId: 'seat-n', ...moved, ...at(12) });
  for (const delivery of [zofia, tomasz]) await deliver(database, delivery);
  await syncAll(...listed(10, ['seat-z']));
  for (const delivery of [hostMoves, taken]) await deliver(database, delivery);
  const start_time = '2026-09-20T08:00:00+00:00';
  expect(await rows()).toMatchObject([
    { cal_com_event_id: 'slot#seat-n', start_time },
    { cal_com_event_id: 'slot#seat-t', status: 'cancelled' },
    { cal_com_event_id: 'slot#seat-z', start_time },
  ]);
});

it('an empty list of seats cancels no seat', async () => {
  await deliver(database, zofia);
  await syncAll(...listed(10, [], { snapshot: { seats: null } }));
  expect(await statuses()).toEqual([[ZOFIA, 'scheduled']]);
});

it('a cancelled slot cancels its seats although none is listed', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  await syncAll(...listed(10, [], { snapshot: { status: 'cancelled', seats: null } }));
  expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'cancelled']]);
});

it('an unknown cancelled slot is not logged', async () => {
  const cancelled = listed(10, [], { snapshot: { status: 'cancelled', seats: null } });
  expect(await syncAll(...cancelled)).toEqual({ unchanged: 1 });
  expect(await loggedSnapshots(database)).toBe(0);
});

it('a cancellation applied to the whole slot is undone for the remaining seats', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  await deliver(database, slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...at(11) }));
  await syncAll(...listed(12, ['seat-z']));
  expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'scheduled']]);
});

it('a no-show changes only the seat that it is listed with', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  const [z, t, whole] = listed(10, ['seat-z', 'seat-t'], { snapshot: { ended: true } });
  const absent = snapshot({ ...t, snapshot: { ...t?.snapshot, absent: true } });
  await syncAll(...[z, absent, whole].flatMap((one) => one ?? []));
  expect(await statuses()).toEqual([[TOMASZ, 'no_show'], [ZOFIA, 'completed']]);
});

it('a slot that the host moved without a delivery is moved', async () => {
  await deliver(database, zofia);
  const moved = { startTime: '2026-09-20T08:00:00.000Z', endTime: '2026-09-20T10:00:00.000Z' };
  await syncAll(...listed(10, ['seat-z'], moved));
  expect(await rows()).toMatchObject([{ start_time: '2026-09-20T08:00:00+00:00' }]);
});

it('a seat that changed slots without a delivery is one appointment, in any order of polls', async () => {
  const there = listed(10, ['seat-t'], { uid: 'other-slot' });
  const here = listed(10, ['seat-z']);
  for (const found of [[...there, ...here], [...here, ...there]]) {
    await forgetDeliveries(database);
    await deliver(database, zofia);
    await deliver(database, tomasz);
    await syncAll(...found);
    expect(await rows()).toMatchObject([
      { cal_com_event_id: 'other-slot#seat-t', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'scheduled' },
    ]);
  }
});

it('a seat that moved after the poll stays in its new slot', async () => {
  await deliver(database, tomasz);
  await deliver(
    database,
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'other-slot',
      rescheduleUid: 'slot',
      seatId: 'seat-t',
      ...person(TOMASZ),
      ...at(12),
    }),
  );
  await syncAll(...listed(10, ['seat-t']));
  expect(await rows()).toMatchObject([
    { cal_com_event_id: 'other-slot#seat-t', status: 'scheduled' },
  ]);
});

it('a seat of which only polls know is one appointment when it changes slots', async () => {
  await syncAll(...listed(10, ['seat-z']));
  await syncAll(...listed(11, ['seat-z'], { uid: 'other-slot' }));
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'other-slot#seat-z' }]);
});

it('a seat that a poll shows elsewhere within a minute of its booking is one appointment', async () => {
  await deliver(database, zofia);
  const minuteBefore = { occurredAt: '2026-09-01T09:59:30.000Z' };
  await syncAll(...listed(10, ['seat-z'], { uid: 'other-slot', ...minuteBefore }));
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'other-slot#seat-z' }]);
});

it('a seat whose booking and move arrive after the poll is one appointment', async () => {
  const inOther = {
    uid: 'other-slot',
    startTime: '2026-09-20T08:00:00.000Z',
    endTime: '2026-09-20T09:00:00.000Z',
  };
  const merged = slot({
    trigger: 'BOOKING_RESCHEDULED',
    ...inOther,
    rescheduleUid: 'slot',
    wholeSlot: true,
    ...at(11),
  });
  for (const order of permutations([zofia, merged])) {
    await forgetDeliveries(database);
    await syncAll(...listed(12, ['seat-z'], inOther));
    for (const delivery of order) {
      expect(await deliver(database, delivery)).toMatchObject({ reason: null });
    }
    expect(await rows()).toMatchObject([{
      cal_com_event_id: 'other-slot#seat-z',
      start_time: '2026-09-20T08:00:00+00:00',
    }]);
  }
});

it('a seat that returned without a delivery is moved back', async () => {
  await deliver(database, tomasz);
  await syncAll(...listed(10, ['seat-t'], { uid: 'other-slot' }));
  await syncAll(...listed(11, ['seat-t']));
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'slot#seat-t', status: 'scheduled' }]);
});

it('a seat that returned under a new id is one appointment, in any order of arrival', async () => {
  const moves = (hour: number, uid: string, rescheduleUid: string) =>
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid,
      rescheduleUid,
      seatId: 'seat-new',
      ...person(TOMASZ),
      ...at(hour),
    });
  const back = snapshot({
    uid: 'slot',
    seated: true,
    seatId: 'seat-new',
    ...person(TOMASZ),
    ...at(13),
  });
  const history = [tomasz, moves(10, 'other-slot', 'slot'), moves(12, 'slot', 'other-slot'), back];
  for (const order of permutations(history)) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    expect(await rows()).toMatchObject([
      { cal_com_event_id: 'slot#seat-new', status: 'scheduled' },
    ]);
  }
});

it('a slot whose event type was deleted is left alone', async () => {
  await deliver(database, zofia);
  expect(await syncAll(snapshot({ uid: 'slot', ...at(10) }))).toEqual({ unchanged: 1 });
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'slot#seat-z', status: 'scheduled' }]);
});
