import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, type UpsertAnswer } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { permutations } from '../support/orders.ts';
import { deliveryLog, whileWritesFail } from '../support/retries.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

async function replay(logId: string): Promise<UpsertAnswer | undefined> {
  return await database.as('authenticated', salon.ownerId, async (client) => {
    const { rows } = await client.query<UpsertAnswer>('select * from replay_delivery($1)', [logId]);
    return rows[0];
  });
}

const replays = () =>
  database.query(
    'select log_id, salon_id, replayed_by, action, reason from webhook_replays order by replayed_at',
  );
const deliverFailing = async (delivered = booking()) => {
  let logId = '';
  await whileWritesFail(database, async () => {
    logId = (await deliver(database, delivered)).log_id;
  });
  return logId;
};
const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  startTime: '2026-09-16T08:00:00.000Z',
  endTime: '2026-09-16T09:00:00.000Z',
  attendeeEmail: 'zofia@poczta.example',
  occurredAt: '2026-09-02T10:00:00.000Z',
});
const cancelled = booking({
  trigger: 'BOOKING_CANCELLED',
  uid: 'uid-1',
  cancellationReason: 'choroba',
  occurredAt: '2026-09-03T10:00:00.000Z',
});

it('an owner replays a failed delivery', async () => {
  const logId = await deliverFailing();
  expect(await replay(logId)).toMatchObject({ action: 'applied', log_id: logId, reason: null });
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  expect(await deliveryLog(database)).toMatchObject([
    { status: 'success', action: 'applied', error: null, waits: false },
  ]);
});

it('a replay that fails returns the reason and defers the delivery', async () => {
  const logId = await deliverFailing();
  await whileWritesFail(database, async () => {
    expect(await replay(logId)).toMatchObject({ action: 'deferred', reason: 'apply_failed' });
  });
  expect(await deliveryLog(database)).toMatchObject([{ status: 'error', waits: true }]);
});

it('a replay of an applied delivery is superseded and only counts an attempt', async () => {
  const { log_id } = await deliver(database, booking());
  const row = await syncedRows(database, salon.id);
  const log = await deliveryLog(database);
  expect(await replay(log_id)).toMatchObject({ action: 'stale', reason: null });
  expect(await syncedRows(database, salon.id)).toEqual(row);
  expect(await deliveryLog(database)).toEqual([{ ...log[0], attempts: 2 }]);
});

it('a replay restores a deleted appointment', async () => {
  const { log_id } = await deliver(database, booking());
  const row = await syncedRows(database, salon.id);
  await database.query('delete from calendar_events');
  expect(await replay(log_id)).toMatchObject({ action: 'applied' });
  expect(await syncedRows(database, salon.id)).toEqual(row);
});

describe('failed deliveries replayed in the order', () => {
  const history = [booking(), moved, cancelled];

  it.each(permutations([0, 1, 2]).map((order) => [order.join(', '), order] as const))(
    '%s give the same appointment',
    async (_name, order) => {
      for (const delivered of history) await deliver(database, delivered);
      const expected = await syncedRows(database, salon.id);
      await forgetDeliveries(database);

      const ids: string[] = [];
      for (const delivered of history) ids.push(await deliverFailing(delivered));
      for (const index of order) await replay(ids[index] ?? '');
      expect(await syncedRows(database, salon.id)).toEqual(expected);
    },
  );
});

describe('a replay is refused for', () => {
  it.each([
    ['a delivery that could not be parsed', `'{}', null, 'Invalid payload'`, 'invalid_payload'],
    ['a delivery about no booking', `'{}'`, 'no_booking'],
  ])('%s', async (_name, rest, reason) => {
    await database.query(`select public.upsert_calendar_event('key', 'PING', ${rest})`);
    const [log] = await database.query<{ id: string }>(
      'update webhook_logs set salon_id = $1 returning id',
      [salon.id],
    );
    expect(await replay(log?.id ?? '')).toMatchObject({ action: 'refused', reason });
  });

  it('a redacted delivery', async () => {
    const { log_id } = await deliver(database, booking());
    await database.query('update webhook_logs set booking = null, redacted_at = now()');
    expect(await replay(log_id)).toMatchObject({ action: 'refused', reason: 'redacted' });
  });
});

describe('the record of replays', () => {
  it('names who replayed which delivery, with the result', async () => {
    const logId = await deliverFailing();
    await whileWritesFail(database, () => replay(logId));
    await replay(logId);
    await database.as(
      'service_role',
      null,
      (client) => client.query('select replay_delivery($1)', [logId]),
    );
    const record = { log_id: logId, salon_id: salon.id, replayed_by: salon.ownerId };
    expect(await replays()).toEqual([
      { ...record, action: 'deferred', reason: 'apply_failed' },
      { ...record, action: 'applied', reason: null },
      { ...record, replayed_by: null, action: 'stale', reason: null },
    ]);
  });

  it('includes refusals', async () => {
    const { log_id } = await deliver(database, booking());
    await database.query('update webhook_logs set booking = null, redacted_at = now()');
    await replay(log_id);
    expect(await replays()).toMatchObject([{ action: 'refused', reason: 'redacted' }]);
  });
});
