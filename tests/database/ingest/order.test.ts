import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createClient, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, permutations, syncedRows } from '../support/lives.ts';

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

async function rowAfter(deliveries: CalendarBooking[]) {
  await forgetDeliveries(database);
  for (const delivery of deliveries) await deliver(database, delivery);
  return await syncedRows(database, salon.id);
}

describe('any order of {created, rescheduled, rescheduled again, cancelled, ended}', () => {
  it('ends in the same row, cancelled before the end', async () => {
    const life = [
      CREATED,
      RESCHEDULED,
      RESCHEDULED_AGAIN,
      cancelledAt('2026-09-04T10:00:00.000Z'),
      ENDED,
    ];
    const expected = await rowAfter(life);
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
    for (const order of permutations(life)) expect(await rowAfter(order)).toEqual(expected);
  });

  it('ends in the same row when each delivery comes twice, in both directions', async () => {
    const life = [
      CREATED,
      RESCHEDULED,
      RESCHEDULED_AGAIN,
      cancelledAt('2026-09-04T10:00:00.000Z'),
      ENDED,
    ];
    const expected = await rowAfter(life);
    for (const order of permutations(life)) {
      expect(await rowAfter([...order, ...order.toReversed()])).toEqual(expected);
    }
  });

  it('ends completed without the cancellation', async () => {
    const life = [CREATED, RESCHEDULED, RESCHEDULED_AGAIN, ENDED];
    for (const order of permutations(life)) {
      expect(await rowAfter(order)).toMatchObject([{
        cal_com_event_id: 'A2',
        status: 'completed',
        description: 'boi się suszarki',
      }]);
    }
  });
});

describe('the event clock', () => {
  it.each(
    [
      ['cancelled over completed', 'BOOKING_CANCELLED', 'MEETING_ENDED', 'cancelled'],
      ['completed over rescheduled', 'MEETING_ENDED', 'BOOKING_RESCHEDULED', 'completed'],
    ] as const,
  )('prefers %s at the same moment', async (_name, one, other, status) => {
    const tie = { uid: 'A0', occurredAt: '2026-09-15T09:00:00.000Z' };
    for (const [first, second] of [[one, other], [other, one]] as const) {
      const rows = await rowAfter([
        CREATED,
        booking({ ...tie, trigger: first }),
        booking({ ...tie, trigger: second }),
      ]);
      expect(rows).toMatchObject([{ status }]);
    }
  });

  it('takes arrival when the delivery names no time', async () => {
    const rows = await rowAfter([
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

  it('takes arrival when the clock runs ahead, so that later news is not kept out', async () => {
    const rows = await rowAfter([
      booking({ ...CREATED, occurredAt: '2099-01-01T00:00:00.000Z' }),
      booking({ trigger: 'BOOKING_CANCELLED', uid: 'A0', occurredAt: null }),
    ]);
    expect(rows).toMatchObject([{ status: 'cancelled' }]);
  });

  it('calls older news stale and lets it fill gaps only', async () => {
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
