import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const HOUR_MS = 3_600_000;
const hours = (from: number) => new Date(Date.now() + from * HOUR_MS).toISOString();
const at = (startsIn: number) => ({ startTime: hours(startsIn), endTime: hours(startsIn + 1) });

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

/** Delivers a trigger about an appointment that was booked a week ago and ended a day ago. */
async function deliverTrigger(
  trigger: CalendarBooking['trigger'],
  daysAgo: number,
  more: Partial<CalendarBooking> = {},
) {
  await deliver(
    database,
    booking({ trigger, occurredAt: hours(-24 * daysAgo), ...at(-25), ...more }),
  );
}

async function complete(): Promise<number> {
  const [row] = await database.query<{ completed: number }>(
    'select private.complete_past_appointments() as completed',
  );
  return row?.completed ?? 0;
}

/** The status of the only appointment, and who set it. */
async function appointment() {
  const [row] = await syncedRows(database, salon.id);
  return [row?.['status'], row?.['auto_completed_at'] === null ? 'by Cal.com' : 'auto-completed'];
}

/** Inserts an appointment of two days ago as BarkBook does; it has been known here since then. */
async function writeAsBarkbook(knownFor: string) {
  await database.query(
    `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time)
     values ('uid-0', $1, 'Wizyta', now() - interval '2 days', now() - interval '47 hours')`,
    [salon.id],
  );
  await database.query('update calendar_event_uids set created_at = now() - $1::interval', [
    knownFor,
  ]);
}

const noShow = (noShow: boolean) => ({
  attendees: [{ email: 'zofia@poczta.example', phone: null, noShow }],
});

describe('the hourly job', () => {
  it('completes an appointment that Cal.com never closed and marks it as auto-completed', async () => {
    await deliverTrigger('BOOKING_CREATED', 7);
    expect(await complete()).toBe(1);
    expect(await appointment()).toEqual(['completed', 'auto-completed']);
  });

  it('completes a confirmed appointment', async () => {
    await deliverTrigger('BOOKING_REQUESTED', 8);
    await deliverTrigger('BOOKING_CREATED', 7);
    await complete();
    expect(await appointment()).toEqual(['completed', 'auto-completed']);
  });

  it('completes an appointment that BarkBook wrote before it took place', async () => {
    await writeAsBarkbook('3 days');
    expect(await complete()).toBe(1);
    expect(await appointment()).toEqual(['completed', 'auto-completed']);
  });

  it('leaves an appointment open for twelve hours after its end', async () => {
    await deliverTrigger('BOOKING_CREATED', 7, at(-12));
    expect(await complete()).toBe(0);
    expect(await appointment()).toEqual(['scheduled', 'by Cal.com']);
  });

  it('completes an appointment only once', async () => {
    await deliverTrigger('BOOKING_CREATED', 7);
    await complete();
    expect(await complete()).toBe(0);
  });
});

describe('the hourly job leaves alone', () => {
  it('an appointment that is not confirmed yet', async () => {
    await deliverTrigger('BOOKING_REQUESTED', 7);
    expect(await complete()).toBe(0);
    expect(await appointment()).toEqual(['pending', 'by Cal.com']);
  });

  it('a cancelled appointment', async () => {
    await deliverTrigger('BOOKING_CREATED', 7);
    await deliverTrigger('BOOKING_CANCELLED', 6);
    expect(await complete()).toBe(0);
  });

  it('an appointment of BarkBook that was over when it became known here', async () => {
    await writeAsBarkbook('1 day');
    expect(await complete()).toBe(0);
    expect(await appointment()).toEqual(['scheduled', 'by Cal.com']);
  });

  it('an appointment of BarkBook that became known here at its end', async () => {
    await writeAsBarkbook('1 day');
    await database.query(
      'update calendar_event_uids u set created_at = e.end_time from calendar_events e',
    );
    expect(await complete()).toBe(0);
  });

  it('no appointment of BarkBook that was known before it ended, whatever uid it gets later', async () => {
    await writeAsBarkbook('3 days');
    await database.query(
      `insert into calendar_event_uids (booking_uid, event_id)
       select 'uid-later', id from calendar_events`,
    );
    expect(await complete()).toBe(1);
  });

  it('an appointment in the future', async () => {
    await deliverTrigger('BOOKING_CREATED', 7, at(24));
    expect(await complete()).toBe(0);
  });
});

describe('an auto-completed appointment', () => {
  beforeEach(async () => {
    await deliverTrigger('BOOKING_CREATED', 7, { attendeeEmail: 'zofia@poczta.example' });
    await complete();
  });

  it('loses the mark when Cal.com reports its end', async () => {
    await deliverTrigger('MEETING_ENDED', 1);
    expect(await appointment()).toEqual(['completed', 'by Cal.com']);
  });

  it('stays completed after a late payment', async () => {
    await deliverTrigger('BOOKING_PAID', 6);
    expect(await appointment()).toEqual(['completed', 'auto-completed']);
  });

  it('becomes a no-show when the client did not come', async () => {
    await deliverTrigger('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
    expect(await appointment()).toEqual(['no_show', 'auto-completed']);
    expect(await complete()).toBe(0);
  });

  it('is completed again when the no-show is taken back', async () => {
    await deliverTrigger('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
    await deliverTrigger('BOOKING_NO_SHOW_UPDATED', 0.4, noShow(false));
    expect(await appointment()).toEqual(['completed', 'auto-completed']);
  });

  it('is cancelled by a late cancellation', async () => {
    await deliverTrigger('BOOKING_CANCELLED', 2);
    expect(await appointment()).toEqual(['cancelled', 'by Cal.com']);
  });

  it('is scheduled again when it moves into the future', async () => {
    const move = { uid: 'uid-1', rescheduleUid: 'uid-0', ...at(48) };
    await deliverTrigger('BOOKING_RESCHEDULED', 2, move);
    expect(await appointment()).toEqual(['scheduled', 'by Cal.com']);
    expect(await complete()).toBe(0);
  });

  it('is pending after a request to move it, even to a past time', async () => {
    await deliverTrigger('BOOKING_REQUESTED', 2, {
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...at(-20),
    });
    expect(await appointment()).toEqual(['pending', 'by Cal.com']);
  });
});

it('an appointment written by BarkBook is completed again when a no-show is taken back', async () => {
  await writeAsBarkbook('3 days');
  await complete();
  await deliverTrigger('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
  expect(await appointment()).toEqual(['no_show', 'auto-completed']);
  await deliverTrigger('BOOKING_NO_SHOW_UPDATED', 0.4, noShow(false));
  expect(await appointment()).toEqual(['completed', 'auto-completed']);
});

it('a backlog is completed in batches, oldest first', async () => {
  for (const days of [1, 3, 2]) {
    await deliverTrigger('BOOKING_CREATED', 9, { uid: `${days} days ago`, ...at(-24 * days) });
  }
  await database.query(`select private.complete_past_appointments('12 hours', 2)`);
  expect(
    await database.query(
      `select cal_com_event_id from calendar_events where status = 'scheduled'`,
    ),
  ).toEqual([{ cal_com_event_id: '1 days ago' }]);
});

describe('a job that meets a delivery about the same appointment', () => {
  beforeEach(() => deliverTrigger('BOOKING_CREATED', 7));

  it('leaves a locked appointment to the next run', async () => {
    const webhook = await openSession(database);
    await webhook.query('select from calendar_events for update');
    expect(await complete()).toBe(0);
    await webhook.commit();
    expect(await complete()).toBe(1);
  });

  it('blocks the delivery until it commits, and the delivery is applied', async () => {
    const job = await openSession(database);
    const webhook = await openSession(database, 'service_role');
    await job.query('select private.complete_past_appointments()');
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', occurredAt: hours(-48) });
    const cancelling = webhook.query(UPSERT, upsertArguments(cancelled));
    await webhook.isBlocked();
    await job.commit();
    await cancelling;
    await webhook.commit();
    expect(await appointment()).toEqual(['cancelled', 'by Cal.com']);
  });
});
