import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { snapshot, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const deliverAtMost = (rateLimit: number, ...uids: string[]) =>
  Promise.all(uids.map((uid) => deliver(database, booking({ uid }), { rateLimit })));
const logs = () =>
  database.query(
    `select cal_com_event_id as uid, status, action, reason, attempts, error_message,
       extract(epoch from next_attempt_at - created_at)::float8 as seconds
     from public.webhook_logs order by created_at`,
  );

it('a delivery above the limit is deferred to the retry job', async () => {
  await deliverAtMost(2, 'a', 'b');
  const answer = await deliver(database, booking({ uid: 'c' }), { rateLimit: 2 });
  expect(answer).toMatchObject({ action: 'deferred', reason: 'rate_limited', event_id: null });
  expect(await syncedRows(database, salon.id)).toHaveLength(2);
  const log = (await logs()).at(-1);
  expect(log).toMatchObject({
    uid: 'c',
    status: 'processing',
    action: 'deferred',
    reason: 'rate_limited',
    attempts: 0,
  });
  expect(log?.['error_message']).toMatch(/^Rate limited: more than 2 deliveries/);
  expect(log?.['seconds']).toBeGreaterThanOrEqual(60);
  expect(log?.['seconds']).toBeLessThanOrEqual(90);
});

it('a rate-limited delivery is applied like any other deferred one', async () => {
  await deliverAtMost(1, 'a');
  await deliver(database, booking({ uid: 'b' }), { rateLimit: 1 });
  await database.query(
    `select private.process_delivery(l, true) from public.webhook_logs l where l.status = 'processing'`,
  );
  expect(await syncedRows(database, salon.id)).toHaveLength(2);
  expect(await logs()).toMatchObject([{ status: 'success' }, { status: 'success', seconds: null }]);
});

it('a later delivery about the same booking applies a rate-limited one', async () => {
  await deliverAtMost(1, 'other');
  await deliver(database, booking(), { rateLimit: 1 });
  await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', ...at(12) }));
  expect((await syncedRows(database, salon.id)).map((row) => row['status']).sort())
    .toEqual(['cancelled', 'scheduled']);
  expect((await logs()).map(({ status }) => status)).toEqual(['success', 'success', 'success']);
});

it('a rate-limited cancellation is applied with the next delivery about its booking', async () => {
  await deliver(database, booking());
  await deliver(
    database,
    booking({ trigger: 'BOOKING_CANCELLED', ...at(12) }),
    { rateLimit: 1 },
  );
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  await deliver(database, booking({ trigger: 'MEETING_ENDED', ...at(13) }));
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  expect((await logs()).map(({ status }) => status)).toEqual(['success', 'success', 'success']);
});

it('a repeated delivery above the limit is still rate-limited', async () => {
  await deliverAtMost(1, 'a');
  const late = booking({ uid: 'b' });
  await deliver(database, late, { rateLimit: 1 });
  expect(await deliver(database, late, { rateLimit: 1 })).toMatchObject({ reason: 'rate_limited' });
  expect(await deliver(database, late)).toMatchObject({ action: 'applied' });
  expect(await deliver(database, late, { rateLimit: 1 })).toMatchObject({ action: 'duplicate' });
});

it('the limit applies to each salon, and to the last minute', async () => {
  const other = await createSalon(database, { username: null });
  await deliverAtMost(1, 'a');
  expect(await deliver(database, booking({ uid: 'b' }), { salonId: other.id, rateLimit: 1 }))
    .toMatchObject({ action: 'applied' });
  await database.query(`update public.webhook_logs set created_at = now() - interval '61 s'`);
  expect(await deliver(database, booking({ uid: 'c' }), { rateLimit: 1 }))
    .toMatchObject({ action: 'applied' });
});

it('deliveries without a salon are not counted', async () => {
  const unassigned = (uid: string) => booking({ uid, organizerUsername: 'nieznany' });
  await deliver(database, unassigned('a'), { rateLimit: 1 });
  expect(await deliver(database, unassigned('b'), { rateLimit: 1 }))
    .toMatchObject({ reason: 'salon_not_found' });
});

it('snapshots of the sync are not counted', async () => {
  await sync(database, salon.id, [snapshot({ uid: 'a' }), snapshot({ uid: 'b' })]);
  expect(await deliver(database, booking({ uid: 'c' }), { rateLimit: 1 }))
    .toMatchObject({ action: 'applied' });
});

it('counting the last minute reads no more rows than the limit', async () => {
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, delivery_key, created_at)
     select $1, 'PING', '{}', n::text,
       case when n > 200 then now() - n * interval '10 minutes' else now() end
     from generate_series(1, 5000) n`,
    [salon.id],
  );
  await database.query('analyze public.webhook_logs');
  const plan = await database.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off, summary off)
     select count(*) > 120 from (
       select from public.webhook_logs l
       where l.salon_id = '${salon.id}' and l.created_at > now() - interval '1 minute'
         and l.webhook_type <> 'BOOKING_SYNCED'
       limit 121
     ) latest`,
  );
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toMatch(
    /Scan (using|on) webhook_logs_salon_id_created_at_idx/,
  );
});
