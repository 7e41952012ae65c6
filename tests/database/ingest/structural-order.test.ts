import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking } from '../support/deliveries.ts';
import { expectInEveryOrder, rowsAfterAll, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { fromSecondWebhook } from '../support/orders.ts';

/**
 * Stamps are as late as those of hosted Cal.com, in seconds: 20 to 45 for CREATED, 36.6 for
 * RESCHEDULED, 36 to 37 for REQUESTED, 20.9 for CREATED after a confirmation, 20 to 35 for CANCELLED,
 * 1.75 for REJECTED, 0.5 for a cancellation that asks the booker for another time.
 */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const created = booking();
const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  ...stamped(36.6),
});
const moveRequested: CalendarBooking = {
  ...moved,
  trigger: 'BOOKING_REQUESTED',
  ...stamped(36.5),
};
const requested = booking({ trigger: 'BOOKING_REQUESTED', ...stamped(36.5) });
const cancelled = (uid: string, seconds: number, trigger = 'BOOKING_CANCELLED' as const) =>
  booking({ trigger, uid, ...stamped(seconds) });

const expectAlways = (deliveries: CalendarBooking[], expected: Record<string, unknown>) =>
  expectInEveryOrder(database, salon, deliveries, [expected]);

describe('an appointment that was moved at 10:00:00', () => {
  it('and cancelled ten seconds later is cancelled', async () => {
    await expectAlways(
      [created, moved, cancelled('uid-1', 30)],
      { cal_com_event_id: 'uid-1', status: 'cancelled' },
    );
  });

  it('and cancelled ten seconds later stays cancelled when it is heard of twice', async () => {
    const heard = [created, cancelled('uid-1', 30), moved];
    const again = heard.map(fromSecondWebhook);
    expect(await rowsAfterAll(database, salon, [...heard, ...again, ...heard]))
      .toMatchObject([{ status: 'cancelled' }]);
  });

  it('is scheduled although its old uid was cancelled by a later stamp', async () => {
    await expectAlways(
      [created, moved, cancelled('uid-0', 50)],
      { cal_com_event_id: 'uid-1', status: 'scheduled' },
    );
  });

  it('because the host had asked for another time is scheduled', async () => {
    await expectAlways(
      [created, cancelled('uid-0', -4.5), { ...moved, ...stamped(-10) }],
      { cal_com_event_id: 'uid-1', status: 'scheduled' },
    );
  });

  it('and moved again within seconds is where it was moved last', async () => {
    const again = { ...moved, uid: 'uid-2', rescheduleUid: 'uid-1', ...stamped(36.6) };
    const thirdTime = { ...moved, uid: 'uid-3', rescheduleUid: 'uid-2', ...stamped(20) };
    await expectAlways(
      [created, moved, again, thirdTime],
      { cal_com_event_id: 'uid-3', status: 'scheduled' },
    );
  });

  it('as a request that was declined ten seconds later is cancelled', async () => {
    await expectAlways(
      [
        created,
        moveRequested,
        booking({
          trigger: 'BOOKING_REJECTED',
          uid: 'uid-1',
          ...stamped(11.75),
        }),
      ],
      { cal_com_event_id: 'uid-1', status: 'cancelled' },
    );
  });

  it('as a request that was confirmed ten seconds later is confirmed', async () => {
    const confirmed = booking({ uid: 'uid-1', ...stamped(30.9) });
    await expectAlways(
      [created, moveRequested, confirmed],
      { cal_com_event_id: 'uid-1', status: 'confirmed' },
    );
  });

  it('as a request that nobody answered is pending', async () => {
    await expectAlways(
      [created, moveRequested],
      { cal_com_event_id: 'uid-1', status: 'pending' },
    );
  });
});

describe('a booking that was requested at 10:00:00', () => {
  const confirmed = booking({ ...stamped(30.9) });

  it('and confirmed ten seconds later is confirmed', async () => {
    await expectAlways([requested, confirmed], { status: 'confirmed' });
  });

  it('and confirmed and cancelled within seconds is cancelled', async () => {
    await expectAlways([requested, confirmed, cancelled('uid-0', 30)], { status: 'cancelled' });
  });

  it('and declined ten seconds later is cancelled', async () => {
    const rejected = booking({
      trigger: 'BOOKING_REJECTED',
      cancellationReason: 'brak miejsc',
      ...stamped(11.75),
    });
    await expectAlways([requested, rejected], {
      status: 'cancelled',
      cancellation_reason: 'brak miejsc',
    });
  });

  it('and paid is pending until the salon confirms it', async () => {
    const paid = booking({ trigger: 'BOOKING_PAID', awaitingConfirmation: true, ...stamped(31) });
    await expectAlways([requested, paid], { status: 'pending' });
    await expectAlways([requested, paid, confirmed], { status: 'confirmed' });
  });
});

describe('a booking that was made at 10:00:00', () => {
  const made = booking({ ...stamped(45) });

  it('and paid within seconds is confirmed', async () => {
    const unpaid = booking({ trigger: 'BOOKING_PAYMENT_INITIATED', ...stamped(40) });
    const paid = booking({ trigger: 'BOOKING_PAID', ...stamped(12) });
    await expectAlways([unpaid, made, paid], { status: 'confirmed' });
    await expectAlways([unpaid, paid], { status: 'confirmed' });
    await expectAlways([made, paid], { status: 'confirmed' });
  });

  it('and cancelled within seconds is cancelled', async () => {
    await expectAlways([made, cancelled('uid-0', 30)], { status: 'cancelled' });
  });

  it('and for which the host asked for another time within seconds is cancelled', async () => {
    await expectAlways([made, cancelled('uid-0', 10.5)], { status: 'cancelled' });
  });

  it('and cancelled by an equal stamp is cancelled', async () => {
    await expectAlways([made, cancelled('uid-0', 45)], { status: 'cancelled' });
  });

  it('keeps the reason and the time of the first of two cancellations', async () => {
    const first = { ...cancelled('uid-0', 3600), cancellationReason: 'choroba' };
    const second = { ...cancelled('uid-0', 7200), cancellationReason: 'inny' };
    await expectAlways([made, first, second], {
      cancellation_reason: 'choroba',
      cancelled_at: '2026-09-02T11:00:00+00:00',
    });
  });
});

describe('a cancellation is the end of its uid', () => {
  const gone = cancelled('uid-0', 3600);

  it.each(
    [
      ['the end of the meeting', booking({ trigger: 'MEETING_ENDED', ...stamped(9000) })],
      ['a payment', booking({ trigger: 'BOOKING_PAID', ...stamped(9000) })],
      ['a confirmation', booking({ ...stamped(9000) })],
      ['a location', booking({ trigger: 'BOOKING_LOCATION_UPDATED', ...stamped(9000) })],
      ['another host', booking({ trigger: 'BOOKING_REASSIGNED', ...stamped(9000) })],
      [
        'a no-show',
        booking({
          trigger: 'BOOKING_NO_SHOW_UPDATED',
          attendees: [{ email: null, phone: null, noShow: true }],
          ...stamped(9000),
        }),
      ],
    ] satisfies [string, CalendarBooking][],
  )('that %s with a later stamp does not undo', async (_name, later) => {
    await expectAlways([created, gone, later], { status: 'cancelled' });
  });
});

it('a clock of Cal.com that is 30 seconds ahead revives no cancelled appointment', async () => {
  const ahead = (seconds: number) => new Date(Date.now() + 30_000 + seconds * 1000).toISOString();
  const place = { trigger: 'BOOKING_LOCATION_UPDATED', location: 'Kraków' } as const;
  await expectAlways(
    [
      booking({ occurredAt: ahead(0) }),
      booking({ trigger: 'BOOKING_CANCELLED', occurredAt: ahead(1) }),
      booking({ ...place, occurredAt: ahead(0.5) }),
    ],
    { status: 'cancelled' },
  );
});
