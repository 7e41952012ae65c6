import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BookingTrigger, CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { stopClock } from '../support/app-clock.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { enableTexts } from '../support/notices.ts';
import { forgetReminders } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { snapshot, sync } from '../support/snapshots.ts';

// Which deliveries call for a notice, while a salon sends all of them.

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  await stopClock(database, '2026-09-01 20:00Z');
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createSalon(database);
  await database.query('insert into sms_settings (salon_id, enabled) values ($1, true)', [
    salon.id,
  ]);
  await enableTexts(database, salon.id, ['booked', 'moved', 'cancelled']);
});
afterAll(() => database.drop());

const bySalon = { cancelledBySalon: true } as const;

/** Delivers bookings, the n-th at n o'clock. */
async function receive(...steps: [BookingTrigger, Partial<CalendarBooking>?][]): Promise<void> {
  for (const [hour, [trigger, members]] of steps.entries()) {
    const occurredAt = `2026-09-01T${String(10 + hour)}:00:00.000Z`;
    await deliver(database, booking({ trigger, occurredAt, ...members }));
  }
}

/** The changes that were recorded, with the start that was known before. */
async function changes(): Promise<string[]> {
  const rows = await database.query<{ text: string }>(
    `select concat_ws(' ', kind, to_char(known_start at time zone 'UTC', 'DD HH24:MI')) as text
     from private.sms_changes order by kind`,
  );
  return rows.map(({ text }) => text);
}

const MOVED: [BookingTrigger, Partial<CalendarBooking>] = ['BOOKING_RESCHEDULED', {
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  startTime: '2026-09-16T08:00:00.000Z',
  endTime: '2026-09-16T09:00:00.000Z',
}];

describe('the change is', () => {
  it.each<[string, [BookingTrigger, Partial<CalendarBooking>?][], string[]]>([
    ['a booking', [['BOOKING_CREATED']], ['booked']],
    ['none while it waits for its confirmation', [['BOOKING_REQUESTED']], []],
    ['a booking once it is confirmed', [['BOOKING_REQUESTED'], ['BOOKING_CREATED']], ['booked']],
    ['a move', [['BOOKING_CREATED'], MOVED], ['booked', 'moved 15 08:00']],
    [
      'a cancellation by the salon',
      [['BOOKING_CREATED'], ['BOOKING_CANCELLED', bySalon]],
      ['booked', 'cancelled'],
    ],
    ['none if the client cancels', [['BOOKING_CREATED'], ['BOOKING_CANCELLED']], ['booked']],
    [
      'a cancellation if the salon declines a request',
      [['BOOKING_REQUESTED'], ['BOOKING_REJECTED', bySalon]],
      ['cancelled'],
    ],
  ])('%s', async (_what, steps, expected) => {
    await receive(...steps);
    expect(await changes()).toEqual(expected);
  });
});

it('a move that arrives before its booking is a booking at the new time', async () => {
  await receive(MOVED, ['BOOKING_CREATED']);
  expect(await changes()).toEqual(['booked']);
});

it('a cancellation by the salon that arrives before its booking is one', async () => {
  await receive(['BOOKING_CANCELLED', bySalon], ['BOOKING_CREATED', {
    occurredAt: '2026-09-01T09:00:00.000Z',
  }]);
  expect(await changes()).toEqual(['booked', 'cancelled']);
});

it('a declined request that is confirmed after all is booked, and not cancelled by the salon later', async () => {
  await receive(
    ['BOOKING_REQUESTED'],
    ['BOOKING_REJECTED', bySalon],
  );
  await sync(database, salon.id, [snapshot({
    occurredAt: '2026-09-01T15:00:00.000Z',
    snapshot: { updatedAt: '2026-09-01T14:00:00.000Z' },
  })]);
  expect(
    await database.query('select status, fold_state ? $1 as flag from calendar_events', [
      'cancelledBySalon',
    ]),
  ).toEqual([{ status: expect.stringMatching(/scheduled|confirmed/), flag: false }]);
});

it('a client who cancels after the salon asked them to move is not cancelled by the salon', async () => {
  await receive(['BOOKING_CREATED'], ['BOOKING_CANCELLED', bySalon]);
  await sync(database, salon.id, [snapshot({
    uid: 'uid-1',
    rescheduleUid: 'uid-0',
    occurredAt: '2026-09-01T15:00:00.000Z',
    snapshot: { status: 'cancelled' },
  })]);
  expect(
    await database.query('select status, fold_state ? $1 as flag from calendar_events', [
      'cancelledBySalon',
    ]),
  ).toEqual([{ status: 'cancelled', flag: false }]);
});

it('a sync that finds a declined request records the cancellation', async () => {
  await receive(['BOOKING_REQUESTED']);
  await sync(database, salon.id, [snapshot({
    occurredAt: '2026-09-01T15:00:00.000Z',
    snapshot: { status: 'rejected', updatedAt: '2026-09-01T14:00:00.000Z' },
  })]);
  expect(await changes()).toEqual(['cancelled']);
});

it('replaying deliveries records nothing', async () => {
  await receive(['BOOKING_CREATED'], MOVED);
  await database.query('delete from private.sms_changes');
  await database.query('select public.replay_delivery(id) from webhook_logs');
  expect(await changes()).toEqual([]);
});

it('erasing a client records nothing', async () => {
  await receive(['BOOKING_CREATED']);
  await database.query('delete from private.sms_changes');
  await database.query(`update calendar_events set erased_at = now(), status = 'cancelled',
    fold_state = '{"cancelledBySalon": true}'`);
  expect(await changes()).toEqual([]);
});

it('a deleted appointment leaves no change', async () => {
  await receive(['BOOKING_CREATED']);
  await database.query('delete from calendar_events');
  expect(await changes()).toEqual([]);
});
