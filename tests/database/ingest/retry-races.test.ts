import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
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
import {
  closeSessions,
  deliveryLog,
  makeDue,
  openSession,
  retry,
  whileNothingCanBeWritten,
} from '../support/retries.ts';

const RETRY = 'select private.retry_deliveries()';
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
  await whileNothingCanBeWritten(database, async () => {
    logId = (await deliver(database, booking())).log_id;
  });
  await makeDue(database);
});
afterEach(closeSessions);
afterAll(() => database.drop());

const isCancelled = async () =>
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);

it('a webhook of the booking that is being tried again waits, and misses nothing', async () => {
  const job = await openSession(database);
  const webhook = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = webhook.query(UPSERT, upsertArguments(cancelled));
  await webhook.waits();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'applied' }]);
  await webhook.commit();
  await isCancelled();
});

it('a retry of the booking that a webhook is about waits, and misses nothing', async () => {
  const webhook = await openSession(database, 'service_role');
  const job = await openSession(database);
  // It brings the booking along.
  await webhook.query(UPSERT, upsertArguments(cancelled));
  const blocked = job.query(RETRY);
  await job.waits();
  await webhook.commit();
  expect((await blocked).rows).toEqual([{ retry_deliveries: 0 }]);
  await job.commit();
  await isCancelled();
  expect(await deliveryLog(database)).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
});

it('the same bytes that arrive again while they are tried again are a duplicate', async () => {
  const job = await openSession(database);
  const webhook = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = webhook.query(UPSERT, upsertArguments(booking()));
  await webhook.waits();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'duplicate' }]);
  await webhook.commit();
});

it('a second run leaves the work to the first', async () => {
  const job = await openSession(database);
  await job.query(RETRY);
  expect(await retry(database)).toBe(0);
  await job.commit();
  expect(await deliveryLog(database)).toMatchObject([{ status: 'success', attempts: 2 }]);
});

it('a replay of what is being tried again waits, and then changes nothing', async () => {
  const job = await openSession(database);
  const replay = await openSession(database, 'service_role');
  await job.query(RETRY);
  const blocked = replay.query(REPLAY, [logId]);
  await replay.waits();
  await job.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'stale', reason: null }]);
  await replay.commit();
  expect(await syncedRows(database, salon.id)).toHaveLength(1);
});

it('runs, replays and webhooks of many bookings at once apply each once', async () => {
  const uids = Array.from({ length: 20 }, (_, index) => `uid-${index}`);
  await whileNothingCanBeWritten(
    database,
    () => Promise.all(uids.map((uid) => deliver(database, booking({ uid })))),
  );
  await makeDue(database);
  const ids = await database.query<{ id: string }>('select id from public.webhook_logs');
  await Promise.all([
    ...Array.from({ length: 4 }, () => retry(database, 5)),
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
