import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { whileWritesFail } from '../support/retries.ts';

const ALL_TIME = ['2000-01-01', '2100-01-01'];

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

async function replayMany(
  [from, to]: (string | Date | null | undefined)[] = ALL_TIME,
  { status = null as string | null, salonId = salon.id as string | null } = {},
) {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query('select * from replay_deliveries($1, $2, $3, $4)', [
      salonId,
      from,
      to,
      status,
    ]);
    return rows[0];
  });
}

/** Delivers three bookings that fail, at 10:00, 11:00 and 12:00. */
async function deliverThreeFailing() {
  await whileWritesFail(database, async () => {
    for (const hour of [10, 11, 12]) {
      await deliver(database, booking({ uid: `at-${hour}` }));
      await database.query(
        `update webhook_logs set created_at = $1 where cal_com_event_id = $2`,
        [`2026-09-01 ${hour}:00Z`, `at-${hour}`],
      );
    }
  });
}

const uids = async () =>
  (await syncedRows(database, salon.id)).map((row) => row['cal_com_event_id']);
const zeroCounts = { applied: 0, stale: 0, deferred: 0, refused: 0, next_from: null };

it('failed deliveries of a period are replayed, its end excluded', async () => {
  await deliverThreeFailing();
  expect(await replayMany(['2026-09-01 10:00Z', '2026-09-01 12:00Z']))
    .toEqual({ ...zeroCounts, applied: 2 });
  expect(await uids()).toEqual(['at-10', 'at-11']);
});

it('applied deliveries are replayed only on request', async () => {
  await deliver(database, booking());
  expect(await replayMany()).toEqual(zeroCounts);
  expect(await replayMany(ALL_TIME, { status: 'success' })).toEqual({ ...zeroCounts, stale: 1 });
});

it('deliveries of one status are replayed without the others', async () => {
  await deliverThreeFailing();
  await deliver(database, booking({ uid: 'unknown-booking', trigger: 'BOOKING_CANCELLED' }));
  expect(await replayMany(ALL_TIME, { status: 'processing' })).toEqual({
    ...zeroCounts,
    deferred: 1,
  });
  expect(await replayMany(ALL_TIME, { status: 'error' })).toEqual({ ...zeroCounts, applied: 3 });
});

it('deliveries that cannot be replayed are counted', async () => {
  await deliverThreeFailing();
  await database.query(
    `update webhook_logs set booking = null, redacted_at = now() where cal_com_event_id = 'at-11'`,
  );
  expect(await replayMany()).toEqual({ ...zeroCounts, applied: 2, refused: 1 });
});

it('more than 500 deliveries take several calls', async () => {
  await database.query(
    `insert into webhook_logs (salon_id, webhook_type, payload, booking, booking_uid, seat_id,
       occurred_at, created_at, status, action)
     select $1, 'BOOKING_CREATED', '{}', $2::jsonb || jsonb_build_object('uid', 'uid-' || n),
       'uid-' || n, '', now(), '2026-09-01 10:00Z'::timestamptz + n * interval '1 second', 'error',
       'dead'
     from generate_series(1, 501) as n`,
    [salon.id, JSON.stringify(booking())],
  );
  const calls = [await replayMany()];
  while (calls.at(-1)?.next_from) {
    calls.push(await replayMany([calls.at(-1)?.next_from, ALL_TIME[1]]));
  }
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.reduce((sum, { applied }) => sum + applied, 0)).toBe(501);
  expect(await uids()).toHaveLength(501);
});

it('service_role replays deliveries without a salon', async () => {
  await deliver(database, booking({ organizerUsername: 'nieznany' }));
  expect(await replayMany(ALL_TIME, { salonId: null })).toEqual({ ...zeroCounts, deferred: 1 });
});

describe('an unknown status', () => {
  it('is refused with a list of the statuses', async () => {
    await expect(replayMany(ALL_TIME, { status: 'failed' })).rejects.toMatchObject({
      code: '22023',
      hint: expect.stringContaining('processing, success or error'),
    });
  });
});
