import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from './support/booking.ts';
import { forgetDeliveries, permutations, syncedRows } from './support/lives.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const ZOFIA = 'zofia@poczta.example';
const TOMASZ = 'tomasz@poczta.example';

const slot = (overrides: Partial<CalendarBooking>) =>
  booking({ uid: 'slot', seated: true, ...overrides });
const person = (email: string) => ({
  attendeeEmail: email,
  attendees: [{ email, phone: null, noShow: null }],
});
const at = (hour: number) => ({ occurredAt: `2026-09-02T${hour}:00:00.000Z` });

const zofia = slot({ seatId: 'seat-z', ...person(ZOFIA) });
const tomasz = slot({ seatId: 'seat-t', ...person(TOMASZ) });
const hostCancelsSlot = slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...at(12) });

const rows = () => syncedRows(database, salon.id);
async function deliverAll(deliveries: CalendarBooking[]) {
  for (const delivery of deliveries) await deliver(database, delivery);
  return await rows();
}

it.each([
  ['to a free time, with a new seat id', 'seat-new'],
  ['into a slot that exists, with its seat id', 'seat-t'],
])('a seat that moves %s is still the same visit', async (_name, seatId) => {
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
