import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';
import {
  hostCancelsSlot,
  person,
  rowsAfter,
  slot,
  TOMASZ,
  tomasz,
  ZOFIA,
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

const tomaszCancels = slot({ trigger: 'BOOKING_CANCELLED', ...person(TOMASZ), ...at(10) });
const hostMovesSlot = slot({
  trigger: 'BOOKING_RESCHEDULED',
  rescheduleUid: 'slot',
  wholeSlot: true,
  ...person(ZOFIA),
  ...at(11),
  startTime: '2026-09-20T08:00:00.000Z',
  endTime: '2026-09-20T10:00:00.000Z',
});

const deliverAll = (deliveries: CalendarBooking[]) => rowsAfter(database, salon, deliveries);

it('each seat of a slot is an appointment of its own', async () => {
  expect(await deliverAll([zofia, tomasz])).toMatchObject([
    { cal_com_event_id: 'slot#seat-t', attendee_email: TOMASZ, status: 'scheduled' },
    { cal_com_event_id: 'slot#seat-z', attendee_email: ZOFIA, status: 'scheduled' },
  ]);
});

it('cancelling a seat leaves the other seats alone, in any order of deliveries', async () => {
  for (const order of permutations([zofia, tomasz, tomaszCancels])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'slot#seat-t', status: 'cancelled' },
      { cal_com_event_id: 'slot#seat-z', status: 'scheduled' },
    ]);
  }
});

it('moving a slot moves every seat and restores none that was cancelled', async () => {
  const history = [zofia, tomasz, tomaszCancels, hostMovesSlot];
  for (const order of permutations(history)) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { status: 'cancelled', start_time: '2026-09-20T08:00:00+00:00' },
      { status: 'scheduled', start_time: '2026-09-20T08:00:00+00:00', attendee_email: ZOFIA },
    ]);
  }
});

it('cancelling a slot cancels every seat', async () => {
  for (const order of permutations([zofia, tomasz, hostCancelsSlot])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { status: 'cancelled' },
      { status: 'cancelled' },
    ]);
  }
});

it('merging a slot into another moves every seat', async () => {
  const merge = { ...hostMovesSlot, uid: 'target' };
  for (const order of permutations([zofia, tomasz, merge])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { cal_com_event_id: 'target#seat-t', start_time: '2026-09-20T08:00:00+00:00' },
      { cal_com_event_id: 'target#seat-z', start_time: '2026-09-20T08:00:00+00:00' },
    ]);
  }
});

it('the end of a slot completes every seat that is not cancelled', async () => {
  const ended = booking({
    trigger: 'MEETING_ENDED',
    uid: 'slot',
    wholeSlot: true,
    occurredAt: '2026-09-15T09:00:00.000Z',
  });
  expect(await deliverAll([zofia, tomasz, tomaszCancels, ended])).toMatchObject([
    { attendee_email: TOMASZ, status: 'cancelled' },
    { attendee_email: ZOFIA, status: 'completed' },
  ]);
});

it('a no-show changes only the seat of the attendee it names', async () => {
  const noShow = booking({
    trigger: 'BOOKING_NO_SHOW_UPDATED',
    uid: 'slot',
    attendees: [{ email: TOMASZ, phone: null, noShow: true }],
    ...at(12),
  });
  expect(await deliverAll([zofia, tomasz, noShow])).toMatchObject([
    { attendee_email: TOMASZ, status: 'no_show' },
    { attendee_email: ZOFIA, status: 'scheduled' },
  ]);
});

it('seats without an id, from servers before May 2024, are told apart by attendee', async () => {
  const old = { seatId: null };
  const history = [{ ...zofia, ...old }, { ...tomasz, ...old }, tomaszCancels];
  for (const order of permutations(history)) {
    await forgetDeliveries(database);
    const seats = await deliverAll(order);
    expect(seats.map((seat) => [seat['attendee_email'], seat['status']]).toSorted()).toEqual([
      [TOMASZ, 'cancelled'],
      [ZOFIA, 'scheduled'],
    ]);
  }
});

it('a seat that repeats the first booker’s metadata does not get their client', async () => {
  const client = await createClient(database, salon.id, { email: ZOFIA });
  const metadata = { clientId: client.id, petId: client.petIds[0] ?? null };
  const seats = await deliverAll([{ ...zofia, ...metadata }, { ...tomasz, ...metadata }]);
  expect(seats).toMatchObject([
    { attendee_email: TOMASZ, client_id: null, pet_id: null },
    { attendee_email: ZOFIA, client_id: client.id, pet_id: client.petIds[0] },
  ]);
  const warnings = await database.query(
    'select warnings::text[] from public.webhook_logs order by cal_com_event_id',
  );
  expect(warnings).toEqual([
    { warnings: ['client_refused', 'pet_refused'] },
    { warnings: [] },
  ]);
});

it('a cancellation for an attendee without a seat has a warning', async () => {
  await deliverAll([zofia, tomaszCancels]);
  const [log] = await database.query(
    `select action, warnings::text[] from public.webhook_logs where webhook_type = 'BOOKING_CANCELLED'`,
  );
  expect(log).toEqual({ action: 'stale', warnings: ['attendee_without_seat'] });
});

it('two attendees with one phone have separate seats', async () => {
  const attendeePhone = '+48600100200';
  const [ona, on] = [{ ...zofia, attendeePhone }, { ...tomasz, attendeePhone }];
  const onCancels = {
    ...tomaszCancels,
    attendeePhone,
    attendees: [{ email: TOMASZ, phone: attendeePhone, noShow: null }],
  };
  for (const order of permutations([ona, on, onCancels])) {
    await forgetDeliveries(database);
    expect(await deliverAll(order)).toMatchObject([
      { attendee_email: TOMASZ, status: 'cancelled' },
      { attendee_email: ZOFIA, status: 'scheduled' },
    ]);
  }
});

it('a cancellation that waited for one seat is not applied to another', async () => {
  await deliverAll([tomaszCancels, zofia]);
  expect(await syncedRows(database, salon.id)).toMatchObject([{
    attendee_email: ZOFIA,
    status: 'scheduled',
  }]);
  await deliver(database, tomasz);
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { attendee_email: TOMASZ, status: 'cancelled' },
    { attendee_email: ZOFIA, status: 'scheduled' },
  ]);
});
