import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  booking,
  createSalon,
  deliver,
  type TestSalon,
  UPSERT,
  upsertArguments,
} from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { closeSessions, openSession } from '../support/retries.ts';

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

/** Says something of an appointment that was booked a week ago and ended a day ago. */
async function tell(
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

/** Status of the only appointment, and whether it is there because nobody said how it ended. */
async function appointment() {
  const [row] = await syncedRows(database, salon.id);
  return [row?.['status'], row?.['auto_completed_at'] === null ? 'told' : 'taken for it'];
}

const noShow = (noShow: boolean) => ({
  attendees: [{ email: 'zofia@poczta.example', phone: null, noShow }],
});

describe('an appointment that is over and was never closed', () => {
  it('is completed, and marked as nobody told us', async () => {
    await tell('BOOKING_CREATED', 7);
    expect(await complete()).toBe(1);
    expect(await appointment()).toEqual(['completed', 'taken for it']);
  });

  it('so is a confirmed one', async () => {
    await tell('BOOKING_REQUESTED', 8);
    await tell('BOOKING_CREATED', 7);
    await complete();
    expect(await appointment()).toEqual(['completed', 'taken for it']);
  });

  it('so is one that BarkBook wrote itself', async () => {
    await database.query(
      `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time)
       values ('own', $1, 'Wizyta', now() - interval '2 days', now() - interval '47 hours')`,
      [salon.id],
    );
    expect(await complete()).toBe(1);
    expect(await appointment()).toEqual(['completed', 'taken for it']);
  });

  it('stays as it is for twelve hours', async () => {
    await tell('BOOKING_CREATED', 7, at(-12));
    expect(await complete()).toBe(0);
    expect(await appointment()).toEqual(['scheduled', 'told']);
  });

  it('is completed once', async () => {
    await tell('BOOKING_CREATED', 7);
    await complete();
    expect(await complete()).toBe(0);
  });
});

describe('is not touched:', () => {
  it('an appointment that waits to be confirmed', async () => {
    await tell('BOOKING_REQUESTED', 7);
    expect(await complete()).toBe(0);
    expect(await appointment()).toEqual(['pending', 'told']);
  });

  it('a cancelled one', async () => {
    await tell('BOOKING_CREATED', 7);
    await tell('BOOKING_CANCELLED', 6);
    expect(await complete()).toBe(0);
  });

  it('one that takes place', async () => {
    await tell('BOOKING_CREATED', 7, at(24));
    expect(await complete()).toBe(0);
  });
});

describe('of one that was taken for completed', () => {
  beforeEach(async () => {
    await tell('BOOKING_CREATED', 7, { attendeeEmail: 'zofia@poczta.example' });
    await complete();
  });

  it('Cal.com may say so later: then it is told', async () => {
    await tell('MEETING_ENDED', 1);
    expect(await appointment()).toEqual(['completed', 'told']);
  });

  it('other late news leave it completed', async () => {
    await tell('BOOKING_PAID', 6);
    expect(await appointment()).toEqual(['completed', 'taken for it']);
  });

  it('the client turns out not to have come', async () => {
    await tell('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
    expect(await appointment()).toEqual(['no_show', 'taken for it']);
    expect(await complete()).toBe(0);
  });

  it('a no-show that is taken back makes it completed again', async () => {
    await tell('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
    await tell('BOOKING_NO_SHOW_UPDATED', 0.4, noShow(false));
    expect(await appointment()).toEqual(['completed', 'taken for it']);
  });

  it('a late cancellation cancels it', async () => {
    await tell('BOOKING_CANCELLED', 2);
    expect(await appointment()).toEqual(['cancelled', 'told']);
  });

  it('a move to a time ahead revives it', async () => {
    const move = { uid: 'uid-1', rescheduleUid: 'uid-0', ...at(48) };
    await tell('BOOKING_RESCHEDULED', 2, move);
    expect(await appointment()).toEqual(['scheduled', 'told']);
    expect(await complete()).toBe(0);
  });

  it('a request to move it to a time that has passed as well makes it pending', async () => {
    await tell('BOOKING_REQUESTED', 2, { uid: 'uid-1', rescheduleUid: 'uid-0', ...at(-20) });
    expect(await appointment()).toEqual(['pending', 'told']);
  });
});

it('an appointment BarkBook wrote comes back to completed after a no-show that was taken back', async () => {
  await database.query(
    `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time)
     values ('uid-0', $1, 'Wizyta', now() - interval '2 days', now() - interval '47 hours')`,
    [salon.id],
  );
  await complete();
  await tell('BOOKING_NO_SHOW_UPDATED', 0.5, noShow(true));
  expect(await appointment()).toEqual(['no_show', 'taken for it']);
  await tell('BOOKING_NO_SHOW_UPDATED', 0.4, noShow(false));
  expect(await appointment()).toEqual(['completed', 'taken for it']);
});

it('years of old appointments are completed a batch at a time, the oldest first', async () => {
  for (const days of [1, 3, 2]) {
    await tell('BOOKING_CREATED', 9, { uid: `${days} days ago`, ...at(-24 * days) });
  }
  await database.query(`select private.complete_past_appointments('12 hours', 2)`);
  expect(
    await database.query(
      `select cal_com_event_id from calendar_events where status = 'scheduled'`,
    ),
  ).toEqual([{ cal_com_event_id: '1 days ago' }]);
});

describe('while Cal.com says something of it', () => {
  beforeEach(() => tell('BOOKING_CREATED', 7));

  it('it is left to the next run', async () => {
    const webhook = await openSession(database);
    await webhook.query('select from calendar_events for update');
    expect(await complete()).toBe(0);
    await webhook.commit();
    expect(await complete()).toBe(1);
  });

  it('what is said waits for the run, and counts', async () => {
    const job = await openSession(database);
    const webhook = await openSession(database, 'service_role');
    await job.query('select private.complete_past_appointments()');
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', occurredAt: hours(-48) });
    const cancelling = webhook.query(UPSERT, upsertArguments(cancelled));
    await webhook.waits();
    await job.commit();
    await cancelling;
    await webhook.commit();
    expect(await appointment()).toEqual(['cancelled', 'told']);
  });
});
