import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { deliveryLog, makeRetriesDue, runRetryJob, whileWritesFail } from '../support/retries.ts';

const RETRY = 'select tried from private.retry_deliveries()';
const REPLAY = 'select * from public.replay_delivery($1)';
const cancelled = booking({
  trigger: 'BOOKING_CANCELLED',
  occurredAt: '2026-09-02T10:00:00.000Z',
});

let database: TestDatabase;
let salon: TestSalon;
let logId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await whileWritesFail(database, async () => {
    logId = (await deliver(database, booking())).log_id;
  });
  await makeRetriesDue(database);
});
afterEach(closeSessions);
afterAll(() => database.drop());

const expectCancelled = async () =>
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);

it('a delivery waits for a retry of the same booking and is applied', async () => {
  const job = await openSession(database);
  const webhook = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = webhook.query(UPSERT, upsertArguments(cancelled));
  await webhook.isBlocked();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'applied' }]);
  await webhook.commit();
  await expectCancelled();
});

it('a retry leaves a booking alone that a delivery is writing, which applies it', async () => {
  const webhook = await openSession(database, 'service_role');
  const job = await openSession(database);
  // It applies the deferred booking as well.
  await webhook.query(UPSERT, upsertArguments(cancelled));
  expect((await job.query(RETRY)).rows).toEqual([{ tried: 0 }]);
  await job.commit();
  await webhook.commit();
  await expectCancelled();
  expect(await deliveryLog(database)).toMatchObject([{ attempts: 2 }, { attempts: 2 }]);
});

it('a repeated delivery that arrives during its retry is a duplicate', async () => {
  const job = await openSession(database);
  const webhook = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = webhook.query(UPSERT, upsertArguments(booking()));
  await webhook.isBlocked();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'duplicate' }]);
  await webhook.commit();
});

it('a second run of the retry job leaves the work to the first', async () => {
  const job = await openSession(database);
  await job.query(RETRY);
  expect(await runRetryJob(database)).toBe(0);
  await job.commit();
  expect(await deliveryLog(database)).toMatchObject([{ status: 'success', attempts: 2 }]);
});

it('a replay waits for a retry of the same delivery and changes nothing', async () => {
  const job = await openSession(database);
  const replay = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = replay.query(REPLAY, [logId]);
  await replay.isBlocked();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'stale', reason: null }]);
  await replay.commit();
  expect(await syncedRows(database, salon.id)).toHaveLength(1);
});

it('concurrent retries, replays and deliveries apply each delivery once', async () => {
  const uids = Array.from({ length: 20 }, (_, index) => `uid-${index}`);
  await whileWritesFail(
    database,
    () => Promise.all(uids.map((uid) => deliver(database, booking({ uid })))),
  );
  await makeRetriesDue(database);
  const ids = await database.query<{ id: string }>('select id from public.webhook_logs');
  await Promise.all([
    ...Array.from({ length: 4 }, () => runRetryJob(database, 5)),
    ...ids.map(({ id }) =>
      database.as('service_role', null, (client) => client.query(REPLAY, [id]))
    ),
    ...uids.map((uid) => deliver(database, { ...cancelled, uid })),
  ]);
  const rows = await syncedRows(database, salon.id);
  expect(rows.map(({ status }) => status)).toEqual(uids.map(() => 'cancelled'));
  expect(new Set((await deliveryLog(database)).map(({ status }) => status)))
    .toEqual(new Set(['success']));
});
