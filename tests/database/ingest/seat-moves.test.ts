import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';
import { at } from '../support/deliveries.ts';
import {
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

const SIX_DAYS_LATER = {
  startTime: '2026-09-21T08:00:00.000Z',
  endTime: '2026-09-21T10:00:00.000Z',
};
const tomaszMoves = (seatId: string, times: Partial<CalendarBooking> = {}) =>
  slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'other-slot',
    rescheduleUid: 'slot',
    seatId,
    ...person(TOMASZ),
    ...at(10),
    ...times,
  });
const deliverAll = (deliveries: CalendarBooking[]) => rowsAfter(database, salon, deliveries);

it.each([
  ['to a free time, with a new seat id', 'seat-new'],
  ['into a slot that exists, with its seat id', 'seat-t'],
])('a seat that moves %s stays the same appointment', async (_name, seatId) => {
  for (const order of permutations([zofia, tomasz, tomaszMoves(seatId, SIX_DAYS_LATER)])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: `other-slot#${seatId}`, start_time: '2026-09-21T08:00:00+00:00' },
      { cal_com_event_id: 'slot#seat-z', start_time: '2026-09-15T08:00:00+00:00' },
    ]);
  }
});

it('a seat that returns to its slot is found there, in any order of deliveries', async () => {
  const leaves = tomaszMoves('seat-t', SIX_DAYS_LATER);
  const returns = { ...leaves, uid: 'slot', rescheduleUid: 'other-slot', ...at(11) };
  const history = [tomasz, leaves, {
    ...returns,
    startTime: tomasz.startTime,
    endTime: tomasz.endTime,
  }];
  for (const order of permutations(history)) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'slot#seat-t', start_time: '2026-09-15T08:00:00+00:00' },
    ]);
  }
});

it('a seat that left a slot is not cancelled with it', async () => {
  const leaves = tomaszMoves('seat-t');
  for (const order of permutations([zofia, tomasz, leaves, hostCancelsSlot])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'other-slot#seat-t', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  }
});
