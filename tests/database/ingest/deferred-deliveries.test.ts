import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { whileWritesFail } from '../support/retries.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const logs = () =>
  database.query(
    `select salon_id, webhook_type, status, action, reason, error_message, attempts,
       next_attempt_at is not null as waits
     from public.webhook_logs order by created_at`,
  );

it.each(['BOOKING_CANCELLED', 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'] as const)(
  '%s of an unknown booking is deferred and makes no appointment',
  async (trigger) => {
    const answer = await deliver(database, booking({ trigger }));
    expect(answer).toMatchObject({
      action: 'deferred',
      event_id: null,
      reason: 'booking_unknown',
    });
    expect(await syncedRows(database, salon.id)).toEqual([]);
    expect(await logs()).toMatchObject([
      {
        salon_id: salon.id,
        status: 'processing',
        action: 'deferred',
        reason: 'booking_unknown',
        attempts: 1,
        waits: true,
      },
    ]);
  },
);

it('a deferred cancellation is applied when its booking arrives, and logged as applied', async () => {
  await deliver(
    database,
    booking({
      trigger: 'BOOKING_CANCELLED',
      occurredAt: '2026-09-02T10:00:00.000Z',
      organizerUsername: null,
    }),
  );
  await deliver(database, booking());
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  expect(await logs()).toMatchObject([
    {
      salon_id: salon.id,
      status: 'success',
      action: 'applied',
      reason: null,
      error_message: null,
      waits: false,
    },
    { status: 'success', action: 'applied', reason: null },
  ]);
});

it('a booking of an unknown salon is deferred with instructions', async () => {
  const answer = await deliver(database, booking({ organizerUsername: 'nowy-salon' }));
  expect(answer).toMatchObject({ action: 'deferred', reason: 'salon_not_found' });
  const [log] = await logs();
  expect(log).toMatchObject({
    salon_id: null,
    status: 'error',
    reason: 'salon_not_found',
    waits: true,
  });
  expect(log?.['error_message']).toMatch(/^Failed to find salon: .*"nowy-salon".*cal_com_username/);
});

it('deliveries of an unknown salon are applied when the salon gets its username', async () => {
  const host = { organizerUsername: 'pozny-salon', uid: 'late-0' };
  await deliver(database, booking(host));
  await deliver(
    database,
    booking({
      ...host,
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'late-1',
      rescheduleUid: 'late-0',
      occurredAt: '2026-09-02T10:00:00.000Z',
    }),
  );
  const named = await createSalon(database, { username: null });
  await database.as(
    'service_role',
    null,
    (client) =>
      client.query(`update public.salons set cal_com_username = 'Pozny-Salon' where id = $1`, [
        named.id,
      ]),
  );
  expect(await syncedRows(database, named.id)).toMatchObject([
    { cal_com_event_id: 'late-1', status: 'scheduled' },
  ]);
  expect(await logs()).toMatchObject([
    { salon_id: named.id, status: 'success' },
    { salon_id: named.id, status: 'success' },
  ]);
});

it('a repeated delivery retries a deferred one and does nothing to an applied one', async () => {
  const unassigned = booking({ organizerUsername: 'nieznany' });
  await deliver(database, unassigned);
  expect(await deliver(database, unassigned)).toMatchObject({
    action: 'deferred',
    reason: 'salon_not_found',
  });
  expect(await logs()).toMatchObject([{ attempts: 2 }]);

  const done = await deliver(database, booking());
  expect(await deliver(database, booking())).toEqual({ ...done, action: 'duplicate' });
});

it('a delivery that fails is kept with the error, without personal data', async () => {
  await database.query(
    `alter table public.calendar_events
     add constraint test_refuses check (title <> 'Zofia Kaczmarek')`,
  );
  const answer = await deliver(database, booking({ title: 'Zofia Kaczmarek' }));
  await database.query('alter table public.calendar_events drop constraint test_refuses');
  expect(answer).toMatchObject({ action: 'deferred', event_id: null, reason: 'apply_failed' });
  expect(await logs()).toMatchObject([{
    status: 'error',
    error_message: 'Failed to create event: SQLSTATE 23514 at test_refuses. ' +
      'Check the permissions of service_role and the row the delivery is about.',
  }]);
});

const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  occurredAt: '2026-09-02T10:00:00.000Z',
});

it('a failed reschedule is applied with the next delivery about its new uid', async () => {
  await deliver(database, booking());
  await whileWritesFail(database, () => deliver(database, moved));
  await deliver(
    database,
    booking({
      trigger: 'BOOKING_CANCELLED',
      uid: 'uid-1',
      occurredAt: '2026-09-03T10:00:00.000Z',
    }),
  );
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { cal_com_event_id: 'uid-1', status: 'cancelled' },
  ]);
  expect((await logs()).map(({ status }) => status)).toEqual(['success', 'success', 'success']);
});

it('a failed booking is applied with the next delivery about it', async () => {
  await whileWritesFail(database, () => deliver(database, booking()));
  await deliver(database, moved);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-1' }]);
  expect((await logs()).map(({ status }) => status)).toEqual(['success', 'success']);
});

it('a reschedule without a salon is applied when its predecessor names the salon', async () => {
  const client = await createClient(database, salon.id);
  const unknownHost = { organizerUsername: 'nieznany' };
  await deliver(database, { ...moved, ...unknownHost });
  await deliver(database, booking({ ...unknownHost, clientId: client.id }));
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { cal_com_event_id: 'uid-1', client_id: client.id },
  ]);
});

it('an unparsed delivery is applied when it is repeated and the parser can read it', async () => {
  await database.as(
    'service_role',
    null,
    (client) =>
      client.query(
        `select public.upsert_calendar_event('key', 'BOOKING_CREATED', '{}', null, $1)`,
        [
          'Invalid payload: payload.startTime',
        ],
      ),
  );
  const answer = await deliver(database, booking(), { deliveryKey: 'key' });
  expect(answer).toMatchObject({ action: 'applied', reason: null });
  expect(await logs()).toMatchObject([{ status: 'success', error_message: null }]);
});

it('a cancellation within a series has a warning, since it may stand for several', async () => {
  const series = { recurring: true };
  await deliver(database, booking(series));
  await deliver(
    database,
    booking({ ...series, trigger: 'BOOKING_CANCELLED', occurredAt: '2026-09-02T10:00:00.000Z' }),
  );
  const warnings = await database.query(
    'select warnings::text[] from public.webhook_logs order by created_at',
  );
  expect(warnings).toEqual([{ warnings: [] }, { warnings: ['series_unverified'] }]);
});

it('of many that wait for a booking, those that were tried keep the delay of their attempt', async () => {
  const broken = booking({ trigger: 'MEETING_ENDED', rescheduleUid: 'hub', endTime: 'never' });
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
       seat_id, delivery_key, occurred_at, status, action, reason)
     select $2, 'MEETING_ENDED', '{}', $1::jsonb || jsonb_build_object('uid', 'uid-' || n),
       'uid-' || n, '', n::text, '2026-09-01 10:00Z', 'processing', 'deferred', 'booking_unknown'
     from generate_series(1, 200) n`,
    [JSON.stringify(broken), salon.id],
  );
  await deliver(database, booking({ uid: 'hub' }));
  const left = await database.query(
    `select attempts, next_attempt_at > now() as has_delay, count(*)::integer > 0 as some
     from public.webhook_logs where status <> 'success' group by 1, 2 order by 1`,
  );
  expect(left).toEqual([
    { attempts: 0, has_delay: false, some: true },
    { attempts: 1, has_delay: true, some: true },
  ]);
});
