import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { syncedRows } from '../support/calendar-rows.ts';
import { expectInEveryOrder, rowsAfterAll, stamped } from '../support/every-order.ts';
import { permutations } from '../support/orders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, ZOFIA, zofia } from '../support/seated-slot.ts';
import { snapshot, sync } from '../support/snapshots.ts';

/** Zofia has the seats seat-z and seat-2 in one slot, and moves the latter. */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const second = slot({ seatId: 'seat-2', ...person(ZOFIA), ...stamped(0) });
const moved = (seatId: string, uid = 'other-slot') =>
  slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid,
    rescheduleUid: 'slot',
    seatId,
    startTime: '2026-09-20T08:00:00.000Z',
    endTime: '2026-09-20T09:00:00.000Z',
    ...person(ZOFIA),
    ...stamped(3600),
  });

const stayed = { cal_com_event_id: 'slot#seat-z', start_time: '2026-09-15T08:00:00+00:00' };
const inOtherSlot = (seatId: string) => ({
  cal_com_event_id: `other-slot#${seatId}`,
  start_time: '2026-09-20T08:00:00+00:00',
  status: 'scheduled',
});

describe('one of two seats of the same person', () => {
  it('that moves into another slot leaves the other one, in any order of deliveries', async () => {
    await expectInEveryOrder(database, salon, [zofia, second, moved('seat-2')], [
      inOtherSlot('seat-2'),
      { ...stayed, status: 'scheduled' },
    ]);
  });

  it('that moves to a free time is known once its booking arrives, whatever else came before', async () => {
    const booked = slot({ seatId: 'seat-3', ...person(ZOFIA), ...stamped(0) });
    const placed = slot({
      trigger: 'BOOKING_LOCATION_UPDATED',
      seatId: 'seat-3',
      ...person(ZOFIA),
      ...stamped(600),
    });
    await expectInEveryOrder(database, salon, [zofia, booked, placed, moved('seat-3')], [
      inOtherSlot('seat-3'),
      { ...stayed, status: 'scheduled' },
    ]);
  });

  it('that moves to a free time is known once Cal.com lists the one that stayed', async () => {
    await rowsAfterAll(database, salon, [zofia, moved('seat-3')]);
    const listed = { uid: 'slot', seated: true, ...stamped(7200) };
    const poll = [
      snapshot({ ...listed, seatId: 'seat-z', ...person(ZOFIA) }),
      snapshot({ ...listed, wholeSlot: true, snapshot: { seats: ['seat-z'] } }),
    ];
    expect(await sync(database, salon.id, poll)).toEqual({ applied: 1, unchanged: 1 });
    expect(await syncedRows(database, salon.id)).toMatchObject([
      inOtherSlot('seat-3'),
      { ...stayed, status: 'scheduled' },
    ]);
  });

  it('that moves to a free time, whichever it was, is settled by one poll', async () => {
    for (const order of permutations([zofia, second, moved('seat-3')])) {
      await rowsAfterAll(database, salon, order);
      const listed = { uid: 'slot', seated: true, ...stamped(7200) };
      const poll = [
        snapshot({ ...listed, seatId: 'seat-z', ...person(ZOFIA) }),
        snapshot({ ...listed, wholeSlot: true, snapshot: { seats: ['seat-z'] } }),
      ];
      await sync(database, salon.id, poll);
      const live = (await syncedRows(database, salon.id))
        .filter(({ status }) => status !== 'cancelled');
      expect(live).toMatchObject([inOtherSlot('seat-3'), stayed]);
      expect(await sync(database, salon.id, poll)).toEqual({ unchanged: 2 });
    }
  });

  it('that moves to a free time leaves the other one, which moves into another slot', async () => {
    const heard = [zofia, moved('seat-3', 'free'), {
      ...moved('seat-z'),
      ...stamped(5400),
    }];
    await rowsAfterAll(database, salon, heard);
    const listed = { uid: 'other-slot', seated: true, ...stamped(7200) };
    const { startTime, endTime } = moved('seat-z');
    await sync(database, salon.id, [
      snapshot({ ...listed, startTime, endTime, seatId: 'seat-z', ...person(ZOFIA) }),
    ]);
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { cal_com_event_id: 'free#seat-3', status: 'scheduled' },
      inOtherSlot('seat-z'),
    ]);
  });

  it('that moved after the poll stays where it moved', async () => {
    await rowsAfterAll(database, salon, [zofia, moved('seat-3')]);
    const before = { uid: 'slot', seated: true, ...stamped(1800) };
    await sync(database, salon.id, [snapshot({ ...before, seatId: 'seat-z', ...person(ZOFIA) })]);
    expect(await syncedRows(database, salon.id)).toMatchObject([inOtherSlot('seat-3')]);
  });
});

describe('two seats of the same person that move to free times', () => {
  it('are both there, whichever Cal.com meant first', async () => {
    const heard = [zofia, second, moved('seat-3'), moved('seat-4', 'third-slot')];
    for (const order of permutations(heard)) {
      const rows = await rowsAfterAll(database, salon, order);
      expect(rows).toEqual(expect.arrayContaining([
        expect.objectContaining({ cal_com_event_id: 'other-slot#seat-3', status: 'scheduled' }),
        expect.objectContaining({ cal_com_event_id: 'third-slot#seat-4', status: 'scheduled' }),
      ]));
    }
  });
});
