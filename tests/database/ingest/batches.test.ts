import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { runRetryJob } from '../support/retries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

/** What replay_deliveries and erase_client do first. */
const LOCK_SALON = 'select private.lock_salon($1)';

let database: TestDatabase;
let salon: TestSalon;
let ours: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  ours = await createSalon(database, { username: 'ours' });
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...at(12) });

it('a forged delivery does not lock another salon’s booking while a batch of ours runs', async () => {
  await deliver(database, booking(), { salonId: salon.id });
  const batch = await openSession(database);
  await batch.query(LOCK_SALON, [ours.id]);
  const forged = booking({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'forged',
    rescheduleUid: 'uid-0',
  });
  expect(await deliver(database, forged, { salonId: ours.id }))
    .toMatchObject({ reason: 'other_salon' });
  expect(await deliver(database, cancelled, { salonId: salon.id }))
    .toMatchObject({ action: 'applied' });
  await batch.commit();
});

it('an erasure and the redelivery of what waits do not block each other', async () => {
  const client = await createClient(database, salon.id);
  await deliver(database, cancelled);
  const erasure = await openSession(database);
  await erasure.query(LOCK_SALON, [salon.id]);
  const again = await openSession(database, 'service_role');
  const redelivered = again.query(UPSERT, upsertArguments(cancelled));
  await again.isBlocked();
  await erasure.query('set local role service_role');
  await erasure.query('select public.erase_client($1)', [client.id]);
  await erasure.commit();
  expect((await redelivered).rows).toMatchObject([{ reason: 'booking_unknown' }]);
  await again.commit();
});

it('two links of one chain at the same time make one chain', async () => {
  const moved = (from: string, to: string, hour: number) =>
    booking({ trigger: 'BOOKING_RESCHEDULED', uid: to, rescheduleUid: from, ...at(hour) });
  await deliver(database, booking({ uid: 'u0' }));
  await deliver(database, moved('u0', 'u1', 12));
  await deliver(database, booking({ ...cancelled, uid: 'u1', ...at(13) }));
  const first = await openSession(database, 'service_role');
  const second = await openSession(database, 'service_role');
  await first.query(UPSERT, upsertArguments(moved('u1', 'u2', 14)));
  const blocked = second.query(UPSERT, upsertArguments(moved('u0', 'other', 11)));
  await second.isBlocked();
  await first.commit();
  await blocked;
  await second.commit();
  expect(await syncedRows(database, salon.id))
    .toMatchObject([{ cal_com_event_id: 'u2', status: 'scheduled' }]);
});

it('a superseded delivery does not change the time of the last change', async () => {
  await deliver(database, booking());
  await deliver(database, cancelled);
  const changedAt = () => database.query('select updated_at from public.calendar_events');
  const before = await changedAt();
  expect(await deliver(database, booking({ trigger: 'MEETING_ENDED', ...at(11) })))
    .toMatchObject({ action: 'stale' });
  expect(await changedAt()).toEqual(before);
});

it.each(['confirmed', 'cancelled'])(
  'an appointment that BarkBook left %s stays so when only its place changes',
  async (status) => {
    await database.query(
      `insert into public.calendar_events (cal_com_event_id, salon_id, title, start_time, end_time,
         status)
       values ('uid-0', $1, 'Strzyżenie', '2026-09-15 08:00Z', '2026-09-15 09:00Z', $2)`,
      [salon.id, status],
    );
    await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', location: 'Kraków' }));
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status, location: 'Kraków' }]);
  },
);

it('deliveries beyond the first 500 of a new username are due at once', async () => {
  await database.query(
    `insert into public.webhook_logs (webhook_type, payload, booking, booking_uid, seat_id,
       occurred_at, status, action, attempts)
     select 'BOOKING_CREATED', '{}', $1::jsonb || jsonb_build_object('uid', 'uid-' || n),
       'uid-' || n, '', now(), 'error', 'dead', 20
     from generate_series(1, 503) as n`,
    [JSON.stringify(booking({ organizerUsername: 'duzy-salon' }))],
  );
  const big = await createSalon(database, { username: 'duzy-salon' });
  // Fewer where 500 take more than two seconds.
  const { length: appliedAtOnce } = await syncedRows(database, big.id);
  expect(appliedAtOnce).toBeLessThanOrEqual(500);
  expect(await runRetryJob(database)).toBe(Math.min(503 - appliedAtOnce, 50));
  while (await runRetryJob(database) > 0);
  expect(await syncedRows(database, big.id)).toHaveLength(503);
});
