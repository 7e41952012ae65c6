import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, permutations } from '../support/lives.ts';
import {
  at,
  hostCancelsSlot,
  person,
  rowsAfter,
  slot,
  TOMASZ,
  tomasz,
  zofia,
} from '../support/seated-slot.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const deliverAll = (deliveries: CalendarBooking[]) => rowsAfter(database, salon, deliveries);

it.each([
  ['to a free time, with a new seat id', 'seat-new'],
  ['into a slot that exists, with its seat id', 'seat-t'],
])('a seat that moves %s is still the same appointment', async (_name, seatId) => {
  const tomaszMoves = slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'other-slot',
    rescheduleUid: 'slot',
    seatId,
    ...person(TOMASZ),
    ...at(10),
    startTime: '2026-09-21T08:00:00.000Z',
    endTime: '2026-09-21T10:00:00.000Z',
  });
  for (const order of permutations([zofia, tomasz, tomaszMoves])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: `other-slot#${seatId}`, start_time: '2026-09-21T08:00:00+00:00' },
      { cal_com_event_id: 'slot#seat-z', start_time: '2026-09-15T08:00:00+00:00' },
    ]);
  }
});

it('a seat that comes back to its slot is there, in whatever order its moves are heard of', async () => {
  const leaves = slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'other-slot',
    rescheduleUid: 'slot',
    seatId: 'seat-t',
    ...person(TOMASZ),
    ...at(10),
    startTime: '2026-09-21T08:00:00.000Z',
    endTime: '2026-09-21T10:00:00.000Z',
  });
  const returns = { ...leaves, uid: 'slot', rescheduleUid: 'other-slot', ...at(11) };
  const life = [tomasz, leaves, {
    ...returns,
    startTime: tomasz.startTime,
    endTime: tomasz.endTime,
  }];
  for (const order of permutations(life)) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'slot#seat-t', start_time: '2026-09-15T08:00:00+00:00' },
    ]);
  }
});

it('what happens to a slot after a seat has left it does not happen to the seat', async () => {
  const leaves = slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'other-slot',
    rescheduleUid: 'slot',
    seatId: 'seat-t',
    ...person(TOMASZ),
    ...at(10),
  });
  for (const order of permutations([zofia, tomasz, leaves, hostCancelsSlot])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'other-slot#seat-t', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  }
});
