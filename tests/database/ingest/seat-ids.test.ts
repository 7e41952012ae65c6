import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { expectInEveryOrder, rowsAfterAll, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, tomasz, ZOFIA, zofia } from '../support/seated-slot.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const expectAlways = (deliveries: CalendarBooking[], expected: Record<string, unknown>[]) =>
  expectInEveryOrder(database, salon, deliveries, expected);
const cancelled = (seatId: string, seconds: number) =>
  slot({
    trigger: 'BOOKING_CANCELLED',
    seatId,
    attendeeEmail: ZOFIA,
    attendees: [{ email: ZOFIA, phone: null, noShow: null }],
    ...stamped(seconds),
  });
const second = slot({ seatId: 'seat-2', ...person(ZOFIA), ...stamped(45) });

describe('a cancellation with a seat id', () => {
  it('frees that seat and no other', async () => {
    await expectAlways([zofia, tomasz, cancelled('seat-z', 20)], [
      { cal_com_event_id: 'slot#seat-t', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  });

  it('frees one of two seats of the same person', async () => {
    await expectAlways([zofia, second, cancelled('seat-2', 3600)], [
      { cal_com_event_id: 'slot#seat-2', status: 'cancelled' },
      { cal_com_event_id: 'slot#seat-z', status: 'scheduled' },
    ]);
  });

  it('is the end of its seat although its stamp is earlier', async () => {
    const taken = { ...zofia, ...stamped(45) };
    await expectAlways([taken, cancelled('seat-z', 30)], [{ status: 'cancelled' }]);
  });

  it('leaves the seat that the same person takes again within seconds', async () => {
    await expectAlways([zofia, cancelled('seat-z', 50), second], [
      { cal_com_event_id: 'slot#seat-2', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  });

  it('waits for its seat, and no other seat takes it', async () => {
    const rows = await rowsAfterAll(database, salon, [cancelled('seat-z', 20), tomasz, second]);
    expect(rows).toMatchObject([{ status: 'scheduled' }, { status: 'scheduled' }]);
  });
});

describe('a seat that moved to a free time at 10:00:00', () => {
  const moved = slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'later-slot',
    rescheduleUid: 'slot',
    seatId: 'seat-new',
    ...person(ZOFIA),
    ...stamped(36.6),
  });

  it('and was cancelled there ten seconds later is cancelled', async () => {
    const gone = { ...cancelled('seat-new', 30), uid: 'later-slot' };
    await expectAlways([zofia, moved, gone], [
      { cal_com_event_id: 'later-slot#seat-new', status: 'cancelled' },
    ]);
  });

  it('leaves the seats that stayed', async () => {
    await expectAlways([zofia, tomasz, moved], [
      { cal_com_event_id: 'later-slot#seat-new', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-t', status: 'scheduled' },
    ]);
  });

  it('is not cancelled with the slot that it left', async () => {
    const slotCancelled = slot({
      trigger: 'BOOKING_CANCELLED',
      wholeSlot: true,
      ...stamped(3600),
    });
    await expectAlways([zofia, tomasz, moved, slotCancelled], [
      { cal_com_event_id: 'later-slot#seat-new', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-t', status: 'cancelled' },
    ]);
  });

  it('is not cancelled with the slot that it left ten seconds before', async () => {
    const slotCancelled = slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...stamped(30) });
    await expectAlways([zofia, tomasz, moved, slotCancelled], [
      { cal_com_event_id: 'later-slot#seat-new', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-t', status: 'cancelled' },
    ]);
  });
});

describe('a slot', () => {
  const slotCancelled = slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...stamped(30) });

  it('that the host cancelled ends every seat, also one whose stamp is later', async () => {
    await expectAlways([zofia, { ...tomasz, ...stamped(45) }, slotCancelled], [
      { cal_com_event_id: 'slot#seat-t', status: 'cancelled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  });

  it('that the host moved and cancelled ten seconds later is cancelled', async () => {
    const moved = slot({
      trigger: 'BOOKING_RESCHEDULED',
      rescheduleUid: 'slot',
      wholeSlot: true,
      startTime: '2026-09-20T08:00:00.000Z',
      endTime: '2026-09-20T09:00:00.000Z',
      ...stamped(36.6),
    });
    await expectAlways([zofia, moved, slotCancelled], [
      { status: 'cancelled', start_time: '2026-09-20T08:00:00+00:00' },
    ]);
  });
});

describe('a seat that somebody took after another one of the same slot', () => {
  const takenAgain = slot({ seatId: 'seat-2', ...person(ZOFIA), ...stamped(7200) });
  const moved = (seatId: string, uid: string, seconds: number) =>
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid,
      rescheduleUid: 'slot',
      seatId,
      ...person(ZOFIA),
      ...stamped(seconds),
    });

  it('is the one that moves to a free time if the other was given up', async () => {
    const givenUp = cancelled('seat-z', 3600);
    const heard = [zofia, givenUp, takenAgain, moved('seat-3', 'later-slot', 10_800)];
    expect(await rowsAfterAll(database, salon, heard)).toMatchObject([
      { cal_com_event_id: 'later-slot#seat-3', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', status: 'cancelled' },
    ]);
  });

  it('is the one that moves to a free time if the other has moved before', async () => {
    const heard = [
      zofia,
      moved('seat-1', 'early-slot', 3600),
      takenAgain,
      moved('seat-3', 'later-slot', 10_800),
    ];
    expect(await rowsAfterAll(database, salon, heard)).toMatchObject([
      { cal_com_event_id: 'early-slot#seat-1', status: 'scheduled' },
      { cal_com_event_id: 'later-slot#seat-3', status: 'scheduled' },
    ]);
  });
});
