import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { whileWritesFail } from '../support/retries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

const created = booking();
/** Names `uid-0` as its first uid only. */
const movedAgain = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-2',
  rescheduleUid: 'uid-1',
  icalUid: 'uid-0@Cal.com',
  ...at(12),
});

it('a first delivery that arrives during a replay of its chain is applied after it', async () => {
  await whileWritesFail(database, () => deliver(database, movedAgain));
  const replay = await openSession(database, 'service_role');
  const webhook = await openSession(database, 'service_role');
  await replay.query(`select public.replay_deliveries($1, '2000-01-01', '2100-01-01')`, [salon.id]);
  const blocked = webhook.query(UPSERT, upsertArguments(created));
  await webhook.isBlocked();
  await replay.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'applied', reason: null }]);
  await webhook.commit();
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-2' }]);
});

it('a first delivery that arrives while its chain is applied is applied after it', async () => {
  const one = await openSession(database, 'service_role');
  const two = await openSession(database, 'service_role');
  await one.query(UPSERT, upsertArguments(movedAgain));
  const blocked = two.query(UPSERT, upsertArguments(created));
  await two.isBlocked();
  await one.commit();
  expect((await blocked).rows).toMatchObject([{ action: 'applied', reason: null }]);
  await two.commit();
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-2' }]);
});

it('a first delivery is connected with a move of its chain that failed before', async () => {
  await whileWritesFail(database, () => deliver(database, movedAgain));
  await deliver(database, created);
  await database.query(
    `select private.process_delivery(l, true) from public.webhook_logs l where l.status = 'error'`,
  );
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-2' }]);
});
