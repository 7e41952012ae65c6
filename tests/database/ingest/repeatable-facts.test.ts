import { afterAll, beforeAll, describe, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking } from '../support/deliveries.ts';
import { expectInEveryOrder, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { slot, zofia } from '../support/seated-slot.ts';

/** Only stamps order what can happen several times to one uid. */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const expectAlways = (deliveries: CalendarBooking[], expected: Record<string, unknown>) =>
  expectInEveryOrder(database, salon, deliveries, [expected]);
const marked = (noShow: boolean, minutes: number) =>
  booking({
    trigger: 'BOOKING_NO_SHOW_UPDATED',
    attendees: [{ email: null, phone: null, noShow }],
    ...stamped(minutes * 60),
  });
const ended = (minutes: number) => booking({ trigger: 'MEETING_ENDED', ...stamped(minutes * 60) });

describe('a no-show', () => {
  it('that was marked, unmarked and marked again is a no-show', async () => {
    await expectAlways([booking(), marked(true, 0), marked(false, 3), marked(true, 6)], {
      status: 'no_show',
    });
  });

  it('that was unmarked restores the status before it', async () => {
    const requested = booking({ trigger: 'BOOKING_REQUESTED' });
    await expectAlways([requested, booking(), marked(true, 0), marked(false, 3)], {
      status: 'confirmed',
      status_before_no_show: null,
    });
  });

  it('that was unmarked after the end is completed', async () => {
    await expectAlways([booking(), marked(true, 0), ended(3), marked(false, 6)], {
      status: 'completed',
    });
    await expectAlways([booking(), ended(0), marked(true, 3), marked(false, 6)], {
      status: 'completed',
    });
  });

  it('is over once the appointment is moved', async () => {
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...stamped(60),
    });
    await expectAlways([booking(), marked(true, 0), moved], {
      cal_com_event_id: 'uid-1',
      status: 'scheduled',
      status_before_no_show: null,
    });
  });
});

describe('a slot that its host moved under the same uid', () => {
  const movedTo = (day: number, minutes: number) =>
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      rescheduleUid: 'slot',
      wholeSlot: true,
      startTime: `2026-09-${day}T08:00:00.000Z`,
      endTime: `2026-09-${day}T09:00:00.000Z`,
      ...stamped(minutes * 60),
    });

  it('several times is where it was moved last', async () => {
    await expectAlways([zofia, movedTo(20, 0), movedTo(22, 3), movedTo(20, 6)], {
      start_time: '2026-09-20T08:00:00+00:00',
      status: 'scheduled',
    });
  });

  it('is at the time of a seat that was taken after the move', async () => {
    const late = { ...movedTo(20, 0) };
    const taken = slot({
      seatId: 'seat-z',
      startTime: late.startTime,
      endTime: late.endTime,
      ...at(12),
    });
    await expectAlways([late, taken], { start_time: '2026-09-20T08:00:00+00:00' });
  });

  it.each(
    [
      ['a place', { trigger: 'BOOKING_LOCATION_UPDATED', location: 'ul. Nowa 2' }],
      ['another host', { trigger: 'BOOKING_REASSIGNED', hostUsername: 'ala' }],
    ] satisfies [string, Partial<CalendarBooking>][],
  )('after it got %s is at the time of a seat that was taken after the move', async (_, change) => {
    const moved = movedTo(20, 10);
    const { startTime, endTime } = moved;
    const taken = slot({ seatId: 'seat-z', startTime, endTime, ...stamped(3600) });
    await expectAlways([slot({ ...change, wholeSlot: true, ...stamped(0) }), moved, taken], {
      start_time: '2026-09-20T08:00:00+00:00',
    });
  });
});
