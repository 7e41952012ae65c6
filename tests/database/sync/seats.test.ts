import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, permutations, syncedRows } from '../support/lives.ts';
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
const at = (hour: number) => ({
  occurredAt: `2026-09-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
});
const rows = () => syncedRows(database, salon.id);

/** A slot as the API lists it: each seat, then the whole. */
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

it('each seat that no webhook told of becomes an appointment', async () => {
  expect(await syncAll(...listed(10, ['seat-z', 'seat-t']))).toEqual({ applied: 2, unchanged: 1 });
  expect(await rows()).toMatchObject([
    { cal_com_event_id: 'slot#seat-t', attendee_email: TOMASZ, status: 'scheduled' },
    { cal_com_event_id: 'slot#seat-z', attendee_email: ZOFIA, status: 'scheduled' },
  ]);
});

it('a seat that is not listed any more was given up, whatever came first', async () => {
  for (const order of permutations([zofia, tomasz, ...listed(10, ['seat-z'])])) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    // What the whole slot is about may have been unknown when it arrived.
    await syncAll(...listed(11, ['seat-z']));
    expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'scheduled']]);
  }
});

it('a seat that was taken after the list was made is not given up', async () => {
  const late = { ...tomasz, ...at(12) };
  for (const order of permutations([zofia, late, ...listed(10, ['seat-z'])])) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    expect(await statuses()).toEqual([[TOMASZ, 'scheduled'], [ZOFIA, 'scheduled']]);
  }
});

it('a slot whose list is empty or without ids gives up no seat', async () => {
  await deliver(database, zofia);
  await syncAll(...listed(10, [], { snapshot: { seats: null } }));
  expect(await statuses()).toEqual([[ZOFIA, 'scheduled']]);
});

it('a slot that was cancelled has no seats left, though none is listed', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  await syncAll(...listed(10, [], { snapshot: { status: 'cancelled', seats: null } }));
  expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'cancelled']]);
});

it('a cancelled slot of which nothing is known leaves no trace', async () => {
  const gone = listed(10, [], { snapshot: { status: 'cancelled', seats: null } });
  expect(await syncAll(...gone)).toEqual({ unchanged: 1 });
  expect(await loggedSnapshots(database)).toBe(0);
});

it('a cancellation that was taken for the whole slot is undone for the seats that are left', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  await deliver(database, slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...at(11) }));
  await syncAll(...listed(12, ['seat-z']));
  expect(await statuses()).toEqual([[TOMASZ, 'cancelled'], [ZOFIA, 'scheduled']]);
});

it('a no-show is that of the seat it is listed with', async () => {
  await deliver(database, zofia);
  await deliver(database, tomasz);
  const [z, t, whole] = listed(10, ['seat-z', 'seat-t'], { snapshot: { ended: true } });
  const absent = snapshot({ ...t, snapshot: { ...t?.snapshot, absent: true } });
  await syncAll(...[z, absent, whole].flatMap((one) => one ?? []));
  expect(await statuses()).toEqual([[TOMASZ, 'no_show'], [ZOFIA, 'completed']]);
});

it('a slot that the host moved unheard is moved', async () => {
  await deliver(database, zofia);
  const moved = { startTime: '2026-09-20T08:00:00.000Z', endTime: '2026-09-20T10:00:00.000Z' };
  await syncAll(...listed(10, ['seat-z'], moved));
  expect(await rows()).toMatchObject([{ start_time: '2026-09-20T08:00:00+00:00' }]);
});

it('a seat that moved into another slot unheard is one appointment, whichever slot is seen first', async () => {
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

it('a seat that moved after the list was made stays where it moved', async () => {
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

it('a seat that came back unheard is back', async () => {
  await deliver(database, tomasz);
  await syncAll(...listed(10, ['seat-t'], { uid: 'other-slot' }));
  await syncAll(...listed(11, ['seat-t']));
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'slot#seat-t', status: 'scheduled' }]);
});

it('a seat that got a new id and came back is one appointment, whatever is heard of it first', async () => {
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
  const life = [tomasz, moves(10, 'other-slot', 'slot'), moves(12, 'slot', 'other-slot'), back];
  for (const order of permutations(life)) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    expect(await rows()).toMatchObject([
      { cal_com_event_id: 'slot#seat-new', status: 'scheduled' },
    ]);
  }
});

it('a slot whose event type is gone, and with it its seats, is left alone', async () => {
  await deliver(database, zofia);
  expect(await syncAll(snapshot({ uid: 'slot', ...at(10) }))).toEqual({ unchanged: 1 });
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'slot#seat-z', status: 'scheduled' }]);
});
