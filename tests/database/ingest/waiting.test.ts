import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createClient, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';

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
    `select salon_id, webhook_type, status, action, error_message, attempts,
       next_attempt_at is not null as waits
     from public.webhook_logs order by created_at`,
  );

it.each(['BOOKING_CANCELLED', 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'] as const)(
  '%s of a booking nobody heard of is kept, and makes no appointment',
  async (trigger) => {
    const answer = await deliver(database, booking({ trigger }));
    expect(answer).toMatchObject({
      action: 'deferred',
      event_id: null,
      reason: 'booking_unknown',
    });
    expect(await syncedRows(database, salon.id)).toEqual([]);
    expect(await logs()).toMatchObject([
      { salon_id: salon.id, status: 'processing', action: 'deferred', attempts: 1, waits: true },
    ]);
  },
);

it('it is applied when its booking appears, and its log says so', async () => {
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
    { salon_id: salon.id, status: 'success', action: 'applied', error_message: null, waits: false },
    { status: 'success', action: 'applied' },
  ]);
});

it('a booking of a salon nobody knows is kept with what to do', async () => {
  const answer = await deliver(database, booking({ organizerUsername: 'nowy-salon' }));
  expect(answer).toMatchObject({ action: 'deferred', reason: 'salon_not_found' });
  const [log] = await logs();
  expect(log).toMatchObject({ salon_id: null, status: 'error', waits: true });
  expect(log?.['error_message']).toMatch(/^Failed to find salon: .*"nowy-salon".*cal_com_username/);
});

it('all of its life is applied when the salon gets its username', async () => {
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
  const late = await createSalon(database, { username: null });
  await database.as(
    'service_role',
    null,
    (client) =>
      client.query(`update public.salons set cal_com_username = 'Pozny-Salon' where id = $1`, [
        late.id,
      ]),
  );
  expect(await syncedRows(database, late.id)).toMatchObject([
    { cal_com_event_id: 'late-1', status: 'scheduled' },
  ]);
  expect(await logs()).toMatchObject([
    { salon_id: late.id, status: 'success' },
    { salon_id: late.id, status: 'success' },
  ]);
});

it('the same bytes again try again what failed, and do nothing to what is done', async () => {
  const lost = booking({ organizerUsername: 'nieznany' });
  await deliver(database, lost);
  expect(await deliver(database, lost)).toMatchObject({
    action: 'deferred',
    reason: 'salon_not_found',
  });
  expect(await logs()).toMatchObject([{ attempts: 2 }]);

  const done = await deliver(database, booking());
  expect(await deliver(database, booking())).toEqual({ ...done, action: 'duplicate' });
});

it('a failure while applying keeps the delivery and its reason, without personal data', async () => {
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

/** Makes every new appointment fail while `work` runs. */
async function whileNothingCanBeWritten(work: () => Promise<unknown>) {
  await database.query(
    `alter table public.calendar_events add constraint test_refuses check (title is null) not valid`,
  );
  await work();
  await database.query('alter table public.calendar_events drop constraint test_refuses');
}

const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  occurredAt: '2026-09-02T10:00:00.000Z',
});

it('a reschedule that failed is made up for when its new uid is heard of again', async () => {
  await deliver(database, booking());
  await whileNothingCanBeWritten(() => deliver(database, moved));
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

it('a booking that failed is made up for when it is heard of again', async () => {
  await whileNothingCanBeWritten(() => deliver(database, booking()));
  await deliver(database, moved);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-1' }]);
  expect((await logs()).map(({ status }) => status)).toEqual(['success', 'success']);
});

it('a reschedule without a salon is applied when the old booking tells which it is', async () => {
  const client = await createClient(database, salon.id);
  const unknownHost = { organizerUsername: 'nieznany' };
  await deliver(database, { ...moved, ...unknownHost });
  await deliver(database, booking({ ...unknownHost, clientId: client.id }));
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { cal_com_event_id: 'uid-1', client_id: client.id },
  ]);
});

it('bytes that could not be read are applied once the parser can read them', async () => {
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

it('the flag for a series is raised when one event may stand for several', async () => {
  const series = { recurring: true };
  await deliver(database, booking(series));
  await deliver(
    database,
    booking({ ...series, trigger: 'BOOKING_CANCELLED', occurredAt: '2026-09-02T10:00:00.000Z' }),
  );
  const warnings = await database.query(
    'select warnings from public.webhook_logs order by created_at',
  );
  expect(warnings).toEqual([{ warnings: [] }, { warnings: ['series_unverified'] }]);
});
