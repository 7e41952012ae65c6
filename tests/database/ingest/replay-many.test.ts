import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { whileNothingCanBeWritten } from '../support/retries.ts';

const EVER = ['2000-01-01', '2100-01-01'];

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

async function replayMany(
  [from, to]: (string | Date | null | undefined)[] = EVER,
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

/** Three bookings that failed, an hour apart from 10:00 on. */
async function threeFailed() {
  await whileNothingCanBeWritten(database, async () => {
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
const none = { applied: 0, stale: 0, deferred: 0, refused: 0, next_from: null };

it('all that failed in a span of time is replayed, its end not included', async () => {
  await threeFailed();
  expect(await replayMany(['2026-09-01 10:00Z', '2026-09-01 12:00Z']))
    .toEqual({ ...none, applied: 2 });
  expect(await uids()).toEqual(['at-10', 'at-11']);
});

it('what is done is left out, unless it is asked for', async () => {
  await deliver(database, booking());
  expect(await replayMany()).toEqual(none);
  expect(await replayMany(EVER, { status: 'success' })).toEqual({ ...none, stale: 1 });
});

it('of those with one status the others are left out', async () => {
  await threeFailed();
  await deliver(database, booking({ uid: 'unheard-of', trigger: 'BOOKING_CANCELLED' }));
  expect(await replayMany(EVER, { status: 'processing' })).toEqual({ ...none, deferred: 1 });
  expect(await replayMany(EVER, { status: 'error' })).toEqual({ ...none, applied: 3 });
});

it('what cannot be replayed is counted', async () => {
  await threeFailed();
  await database.query(
    `update webhook_logs set booking = null, redacted_at = now() where cal_com_event_id = 'at-11'`,
  );
  expect(await replayMany()).toEqual({ ...none, applied: 2, refused: 1 });
});

it('more than 500 take several calls, and each delivery its turn', async () => {
  await database.query(
    `insert into webhook_logs (salon_id, webhook_type, payload, booking, cal_com_event_id,
       occurred_at, created_at, status, action)
     select $1, 'BOOKING_CREATED', '{}', $2::jsonb || jsonb_build_object('uid', 'uid-' || n),
       'uid-' || n, now(), '2026-09-01 10:00Z'::timestamptz + n * interval '1 second', 'error',
       'dead'
     from generate_series(1, 501) as n`,
    [salon.id, JSON.stringify(booking())],
  );
  const calls = [await replayMany()];
  while (calls.at(-1)?.next_from) calls.push(await replayMany([calls.at(-1)?.next_from, EVER[1]]));
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.reduce((sum, { applied }) => sum + applied, 0)).toBe(501);
  expect(await uids()).toHaveLength(501);
});

it('what belongs to no salon yet is replayed for service_role', async () => {
  await deliver(database, booking({ organizerUsername: 'nieznany' }));
  expect(await replayMany(EVER, { salonId: null })).toEqual({ ...none, deferred: 1 });
});

describe('a status there is none of', () => {
  it('is refused with those there are', async () => {
    await expect(replayMany(EVER, { status: 'failed' })).rejects.toMatchObject({
      code: '22023',
      hint: expect.stringContaining('processing, success or error'),
    });
  });
});
