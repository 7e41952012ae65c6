import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Enums } from '../../../shared/database.types.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { readAt } from '../support/app-clock.ts';

const NOW = '2026-11-24 12:00Z';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.webhook_logs; delete from public.salons;');
  salon = await createSalon(database);
});
afterAll(() => database.drop());

type Log = {
  type?: string;
  status?: string;
  at: string;
  ms?: number | null;
  reason?: Enums<'delivery_reason'>;
  error?: string;
};

const log = async (...logs: Log[]) => {
  for (const { type = 'BOOKING_CREATED', status = 'success', at, ms, reason, error } of logs) {
    await database.query(
      `insert into public.webhook_logs
         (salon_id, webhook_type, payload, status, created_at, duration_ms, reason, error_message)
       values ($1, $2, '{"secret": true}', $3, $4, $5, $6, $7)`,
      [salon.id, type, status, at, ms, reason, error],
    );
  }
};

describe('webhook_health', () => {
  const health = () =>
    readAt(database, salon, NOW, 'select * from public.webhook_health').then(([row]) => row);

  it('has the count, share and duration of the last 24 hours', async () => {
    await log(
      { at: '2026-11-23 12:00Z', ms: 9000, status: 'error' },
      { at: '2026-11-23 12:01Z', ms: 2 },
      { at: '2026-11-24 10:00Z', ms: 4 },
      { at: '2026-11-24 10:30Z', ms: 6, status: 'processing' },
      { at: '2026-11-24 11:00Z', ms: 104, status: 'error' },
    );
    expect(await health()).toEqual({
      salon_id: salon.id,
      deliveries: '4',
      success_count: '2',
      processing_count: '1',
      error_count: '1',
      success_percentage: '50.00',
      processing_percentage: '25.00',
      error_percentage: '25.00',
      p50_duration_ms: '5.0',
      p95_duration_ms: '89.3',
      last_delivery_at: new Date('2026-11-24 11:00Z'),
    });
  });

  it('rounds shares to two digits', async () => {
    for (const status of ['success', 'processing', 'error']) {
      await log({ at: '2026-11-24 11:00Z', status });
    }
    expect(await health()).toMatchObject({
      success_percentage: '33.33',
      processing_percentage: '33.33',
      error_percentage: '33.33',
    });
  });

  it('does not count snapshots of the sync', async () => {
    await log(
      { at: '2026-11-24 10:00Z' },
      { type: 'BOOKING_SYNCED', at: '2026-11-24 11:00Z', status: 'error' },
    );
    expect(await health()).toMatchObject({
      deliveries: '1',
      error_count: '0',
      last_delivery_at: new Date('2026-11-24 10:00Z'),
    });
  });

  it('has the last delivery but no shares after a day without deliveries', async () => {
    await log({ at: '2026-11-20 12:00Z', ms: 3 });
    expect(await health()).toMatchObject({
      deliveries: '0',
      success_percentage: null,
      p50_duration_ms: null,
      last_delivery_at: new Date('2026-11-20 12:00Z'),
    });
  });

  it('includes a salon without any delivery', async () => {
    expect(await health()).toMatchObject({ deliveries: '0', last_delivery_at: null });
  });
});

it('failed_deliveries contains deliveries that did not succeed, with their errors', async () => {
  await log(
    { at: '2026-11-24 10:00Z' },
    { at: '2026-11-24 10:30Z', status: 'processing', reason: 'booking_unknown' },
    {
      at: '2026-11-24 11:00Z',
      status: 'error',
      reason: 'apply_failed',
      error: 'Failed to create event: 23514',
    },
  );
  const rows = await readAt(
    database,
    salon,
    NOW,
    'select * from public.failed_deliveries order by created_at',
  );
  expect(rows).toMatchObject([
    { status: 'processing', reason: 'booking_unknown', error_message: null },
    { status: 'error', reason: 'apply_failed', error_message: 'Failed to create event: 23514' },
  ]);
  expect(JSON.stringify(rows)).not.toContain('secret');
});

describe('the booking of a failed delivery', () => {
  const fail = (overrides: Partial<CalendarBooking> = {}) =>
    deliver(database, booking({ trigger: 'MEETING_ENDED', ...overrides }));
  const bookings = (reader = salon) =>
    readAt(database, reader, NOW, 'select booking from public.failed_deliveries');

  it('says whose it is and when, so that somebody can phone', async () => {
    await fail({ attendeeName: 'Zofia Kaczmarek', attendeePhone: '501 220 314' });
    expect(await bookings()).toEqual([{
      booking: {
        title: 'Strzyżenie',
        booker: 'Zofia Kaczmarek',
        phone: '+48501220314',
        start_time: '2026-09-15T08:00:00.000Z',
      },
    }]);
  });

  it('is hidden from members of other salons, and missing if it could not be read', async () => {
    await fail({ attendeeName: 'Zofia Kaczmarek' });
    const other = await createSalon(database, { username: 'inny-salon' });
    expect(await bookings(other)).toEqual([]);
    await log({ at: '2026-11-24 10:00Z', status: 'error' });
    expect(await bookings()).toContainEqual({ booking: null });
  });

  it('names nobody once the person is erased', async () => {
    await fail({ attendeeName: 'Zofia Kaczmarek', attendeeEmail: 'zofia@poczta.example' });
    await database.query('update public.webhook_logs set erased_at = now()');
    expect(await bookings()).toEqual([{ booking: null }]);
  });
});

it('sync_lag has the time from a booking to its arrival', async () => {
  await database.query(
    `insert into public.calendar_events
       (cal_com_event_id, salon_id, title, start_time, end_time, created_at, synced_at)
     values ('first', $1, 'Kąpiel', '2026-12-01 08:00Z', '2026-12-01 09:00Z',
         '2026-11-24 09:00Z', '2026-11-24 09:00:02.5Z'),
       ('second', $1, 'Kąpiel', '2026-12-01 08:00Z', '2026-12-01 09:00Z',
         '2026-11-24 10:00Z', '2026-11-24 10:01Z')`,
    [salon.id],
  );
  expect(
    await readAt(
      database,
      salon,
      NOW,
      `select cal_com_event_id, lag_seconds from public.sync_lag order by created_at desc`,
    ),
  ).toEqual([
    { cal_com_event_id: 'second', lag_seconds: '60.000' },
    { cal_com_event_id: 'first', lag_seconds: '2.500' },
  ]);
});

it('sync_lag is limited to the latest 200 appointments', async () => {
  await database.query(
    `insert into public.calendar_events
       (cal_com_event_id, salon_id, title, start_time, end_time, created_at)
     select n::text, $1, 'Kąpiel', '2026-12-01 08:00Z', '2026-12-01 09:00Z',
       timestamptz '2026-11-01 08:00Z' + n * interval '1 minute'
     from generate_series(1, 250) n`,
    [salon.id],
  );
  expect(
    await readAt(
      database,
      salon,
      NOW,
      `select count(*), min(cal_com_event_id::integer) from public.sync_lag`,
    ),
  ).toEqual([{ count: '200', min: 51 }]);
});
