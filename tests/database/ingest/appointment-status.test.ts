import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BookingTrigger, CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

type Step = BookingTrigger | [BookingTrigger, Partial<CalendarBooking>];

const EMAIL = 'zofia@poczta.example';
const noShow = (yes: boolean, email = EMAIL): Step => [
  'BOOKING_NO_SHOW_UPDATED',
  { startTime: null, endTime: null, attendees: [{ email, phone: null, noShow: yes }] },
];
const move = (trigger: BookingTrigger): Step => [trigger, { uid: 'S1', rescheduleUid: 'S0' }];

/** Delivers the steps an hour apart and returns the one resulting row. */
async function rowAfter(steps: Step[]) {
  for (const [index, step] of steps.entries()) {
    const [trigger, overrides] = typeof step === 'string' ? [step, {}] : step;
    await deliver(
      database,
      booking({
        trigger,
        uid: 'S0',
        attendeeEmail: EMAIL,
        occurredAt: `2026-09-01T${String(index).padStart(2, '0')}:00:00.000Z`,
        ...overrides,
      }),
    );
  }
  const rows = await syncedRows(database, salon.id);
  expect(rows).toHaveLength(1);
  return rows[0];
}

describe('the status', () => {
  it.each<[string, Step[], string]>([
    ['a request', ['BOOKING_REQUESTED'], 'pending'],
    ['a booking', ['BOOKING_CREATED'], 'scheduled'],
    ['a confirmed request', ['BOOKING_REQUESTED', 'BOOKING_CREATED'], 'confirmed'],
    ['a rejected request', ['BOOKING_REQUESTED', 'BOOKING_REJECTED'], 'cancelled'],
    ['a payment that was only started', ['BOOKING_PAYMENT_INITIATED'], 'pending'],
    [
      'a paid booking',
      ['BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID'],
      'confirmed',
    ],
    ['a payment that arrives first', ['BOOKING_PAID', 'BOOKING_CREATED'], 'confirmed'],
    [
      'a payment before the salon confirms',
      ['BOOKING_PAYMENT_INITIATED', ['BOOKING_PAID', { awaitingConfirmation: true }]],
      'pending',
    ],
    ['a reschedule under the same uid', ['BOOKING_CREATED', 'BOOKING_RESCHEDULED'], 'scheduled'],
    [
      'a reschedule of a confirmed booking',
      ['BOOKING_REQUESTED', 'BOOKING_CREATED', move('BOOKING_RESCHEDULED')],
      'confirmed',
    ],
    [
      'a reschedule that needs confirmation',
      ['BOOKING_CREATED', move('BOOKING_REQUESTED')],
      'pending',
    ],
    [
      'a confirmed reschedule',
      ['BOOKING_CREATED', move('BOOKING_REQUESTED'), ['BOOKING_CREATED', { uid: 'S1' }]],
      'confirmed',
    ],
    ['a cancellation', ['BOOKING_CREATED', 'BOOKING_CANCELLED'], 'cancelled'],
    [
      'a late reschedule of a cancelled booking under the same uid',
      ['BOOKING_CREATED', 'BOOKING_CANCELLED', 'BOOKING_RESCHEDULED'],
      'cancelled',
    ],
    [
      'a late creation of a cancelled booking',
      ['BOOKING_CANCELLED', 'BOOKING_CREATED'],
      'cancelled',
    ],
    [
      'a reschedule that the host requested',
      ['BOOKING_CREATED', 'BOOKING_CANCELLED', move('BOOKING_RESCHEDULED')],
      'scheduled',
    ],
    [
      'a reschedule that the host of a confirmed booking requested',
      ['BOOKING_REQUESTED', 'BOOKING_CREATED', 'BOOKING_CANCELLED', move('BOOKING_RESCHEDULED')],
      'confirmed',
    ],
    [
      'a reschedule of a confirmed booking that ended',
      ['BOOKING_REQUESTED', 'BOOKING_CREATED', 'MEETING_ENDED', move('BOOKING_RESCHEDULED')],
      'confirmed',
    ],
    [
      'a reschedule under the same uid of a confirmed booking that ended',
      ['BOOKING_REQUESTED', 'BOOKING_CREATED', 'MEETING_ENDED', ['BOOKING_RESCHEDULED', {
        rescheduleUid: 'S0',
        startTime: '2026-09-20T08:00:00.000Z',
        endTime: '2026-09-20T09:00:00.000Z',
      }]],
      'confirmed',
    ],
    ['the end', ['BOOKING_CREATED', 'MEETING_ENDED'], 'completed'],
    [
      'the end of a cancelled booking',
      ['BOOKING_CREATED', 'BOOKING_CANCELLED', 'MEETING_ENDED'],
      'cancelled',
    ],
    [
      'the end of the time before a reschedule',
      ['BOOKING_CREATED', ['BOOKING_RESCHEDULED', {
        startTime: '2026-09-20T08:00:00.000Z',
        endTime: '2026-09-20T09:00:00.000Z',
      }], 'MEETING_ENDED'],
      'scheduled',
    ],
    ['a no-show', ['BOOKING_CREATED', noShow(true)], 'no_show'],
    ['a no-show after the end', ['BOOKING_CREATED', 'MEETING_ENDED', noShow(true)], 'no_show'],
    [
      'a no-show taken back',
      ['BOOKING_CREATED', 'MEETING_ENDED', noShow(true), noShow(false)],
      'completed',
    ],
    [
      'a no-show, the end, and the no-show taken back',
      ['BOOKING_CREATED', noShow(true), 'MEETING_ENDED', noShow(false)],
      'completed',
    ],
    [
      'a no-show of a cancelled booking',
      ['BOOKING_CREATED', 'BOOKING_CANCELLED', noShow(true)],
      'cancelled',
    ],
    [
      'the no-show of a guest',
      ['BOOKING_CREATED', noShow(true, 'guest@poczta.example')],
      'scheduled',
    ],
  ])('is as documented after %s', async (_name, steps, status) => {
    expect(await rowAfter(steps)).toMatchObject({ status });
  });

  it('that BarkBook wrote stays confirmed after a cancellation and a reschedule', async () => {
    await database.query(
      `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time, status)
       values ('S0', $1, 'Wizyta', '2026-09-15 08:00Z', '2026-09-15 09:00Z', 'confirmed')`,
      [salon.id],
    );
    expect(await rowAfter(['BOOKING_CANCELLED', move('BOOKING_RESCHEDULED')])).toMatchObject({
      cal_com_event_id: 'S1',
      status: 'confirmed',
    });
  });
});

describe('a cancellation', () => {
  it('keeps its first reason and time when it is repeated', async () => {
    const row = await rowAfter([
      'BOOKING_CREATED',
      ['BOOKING_CANCELLED', { cancellationReason: 'choroba' }],
      ['BOOKING_CANCELLED', { cancellationReason: 'inny' }],
    ]);
    expect(row).toMatchObject({
      cancellation_reason: 'choroba',
      cancelled_at: '2026-09-01T01:00:00+00:00',
    });
  });

  it('is cleared when a reschedule restores the appointment', async () => {
    const row = await rowAfter([
      'BOOKING_CREATED',
      ['BOOKING_CANCELLED', { cancellationReason: 'prośba o zmianę' }],
      move('BOOKING_RESCHEDULED'),
    ]);
    expect(row).toMatchObject({ cancelled_at: null, cancellation_reason: null });
  });

  it('of the old uid is superseded by the reschedule', async () => {
    const row = await rowAfter([
      'BOOKING_CREATED',
      move('BOOKING_RESCHEDULED'),
      'BOOKING_CANCELLED',
    ]);
    expect(row).toMatchObject({ status: 'scheduled', cal_com_event_id: 'S1' });
  });
});
