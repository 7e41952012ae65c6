import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';

let database: TestDatabase;
let salon: TestSalon;
let clientId: string;
let petId: string | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  const client = await createClient(database, salon.id);
  clientId = client.id;
  petId = client.petIds[0];
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const day = (date: string) => ({
  startTime: `${date}T08:00:00.000Z`,
  endTime: `${date}T09:00:00.000Z`,
});

const CREATED = booking({ uid: 'A0', ...day('2026-09-15'), description: 'boi się suszarki' });
const RESCHEDULED = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'A1',
  rescheduleUid: 'A0',
  occurredAt: '2026-09-02T10:00:00.000Z',
  attendeePhone: '501 220 314',
  ...day('2026-09-16'),
});
const RESCHEDULED_AGAIN = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'A2',
  rescheduleUid: 'A1',
  occurredAt: '2026-09-03T10:00:00.000Z',
  ...day('2026-09-17'),
});
const ENDED = booking({
  trigger: 'MEETING_ENDED',
  uid: 'A2',
  wholeSlot: true,
  occurredAt: '2026-09-17T09:00:00.000Z',
  organizerUsername: null,
  ...day('2026-09-17'),
});
const cancelledAt = (occurredAt: string) =>
  booking({
    trigger: 'BOOKING_CANCELLED',
    uid: 'A2',
    occurredAt,
    cancellationReason: 'choroba',
    title: null,
    ...day('2026-09-17'),
  });

async function rowsAfter(deliveries: CalendarBooking[]) {
  await forgetDeliveries(database);
  for (const delivery of deliveries) await deliver(database, delivery);
  return await syncedRows(database, salon.id);
}

describe('any order of created, rescheduled, rescheduled again, cancelled and ended', () => {
  it('gives the same cancelled appointment', async () => {
    const history = [
      CREATED,
      RESCHEDULED,
      RESCHEDULED_AGAIN,
      cancelledAt('2026-09-04T10:00:00.000Z'),
      ENDED,
    ];
    const expected = await rowsAfter(history);
    expect(expected).toMatchObject([{
      cal_com_event_id: 'A2',
      status: 'cancelled',
      cancellation_reason: 'choroba',
      start_time: '2026-09-17T08:00:00+00:00',
      client_id: clientId,
      pet_id: petId,
      attendee_phone: '+48501220314',
      description: 'boi się suszarki',
      created_at: '2026-09-01T10:00:00+00:00',
    }]);
    for (const order of permutations(history)) expect(await rowsAfter(order)).toEqual(expected);
  });

  it('gives the same appointment when each delivery arrives twice', async () => {
    const history = [
      CREATED,
      RESCHEDULED,
      RESCHEDULED_AGAIN,
      cancelledAt('2026-09-04T10:00:00.000Z'),
      ENDED,
    ];
    const expected = await rowsAfter(history);
    for (const order of permutations(history)) {
      expect(await rowsAfter([...order, ...order.toReversed()])).toEqual(expected);
    }
  });

  it('gives a completed appointment if there was no cancellation', async () => {
    const history = [CREATED, RESCHEDULED, RESCHEDULED_AGAIN, ENDED];
    for (const order of permutations(history)) {
      expect(await rowsAfter(order)).toMatchObject([{
        cal_com_event_id: 'A2',
        status: 'completed',
        description: 'boi się suszarki',
      }]);
    }
  });
});

describe('the time of an event', () => {
  it.each(
    [
      ['cancelled over completed', 'BOOKING_CANCELLED', 'MEETING_ENDED', 'cancelled'],
      ['completed over rescheduled', 'MEETING_ENDED', 'BOOKING_RESCHEDULED', 'completed'],
    ] as const,
  )('ranks %s at the same moment', async (_name, one, other, status) => {
    const tie = { uid: 'A0', occurredAt: '2026-09-15T09:00:00.000Z' };
    for (const [first, second] of [[one, other], [other, one]] as const) {
      const rows = await rowsAfter([
        CREATED,
        booking({ ...tie, trigger: first }),
        booking({ ...tie, trigger: second }),
      ]);
      expect(rows).toMatchObject([{ status }]);
    }
  });

  it('is the arrival of a delivery that names no time', async () => {
    const rows = await rowsAfter([
      CREATED,
      booking({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'A0',
        occurredAt: null,
        ...day('2026-09-20'),
      }),
    ]);
    expect(rows).toMatchObject([{ start_time: '2026-09-20T08:00:00+00:00' }]);
  });

  it('is the arrival of a delivery from the future, so that later deliveries count', async () => {
    const rows = await rowsAfter([
      booking({ ...CREATED, occurredAt: '2099-01-01T00:00:00.000Z' }),
      booking({ trigger: 'BOOKING_CANCELLED', uid: 'A0', occurredAt: null }),
    ]);
    expect(rows).toMatchObject([{ status: 'cancelled' }]);
  });

  it('supersedes older deliveries, which only fill gaps', async () => {
    await deliver(database, RESCHEDULED);
    const late = await deliver(database, CREATED);
    expect(late.action).toBe('applied');
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { description: 'boi się suszarki', start_time: '2026-09-16T08:00:00+00:00' },
    ]);
    const again = await deliver(
      database,
      booking({ ...CREATED, occurredAt: '2026-09-01T10:00:01.000Z' }),
    );
    expect(again).toMatchObject({ action: 'stale', reason: null });
  });
});
