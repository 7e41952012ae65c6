import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { makeRetriesDue, runRetryJob } from '../support/retries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

const MOVES = 300;
/** The retry job stops after two seconds, and a delivery after one second of waiting ones. */
const LONGEST_RUN_MS = 6000;

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  other = await createSalon(database, { username: 'inny-salon' });
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

/** Move `index` of a booking, a minute after the one before it. */
const move = (index: number) =>
  booking({
    trigger: index === 0 ? 'BOOKING_CREATED' : 'BOOKING_RESCHEDULED',
    uid: `uid-${index}`,
    rescheduleUid: index === 0 ? null : `uid-${index - 1}`,
    occurredAt: new Date(Date.parse('2026-09-01T10:00:00Z') + index * 60_000).toISOString(),
  });

/** Delivers a booking that was moved so often, all of it above the rate limit. */
async function deliverLimited(order: number[]): Promise<void> {
  await deliver(database, booking({ uid: 'first-of-the-minute' }));
  for (const index of order) {
    expect(await deliver(database, move(index), { rateLimit: 1 }))
      .toMatchObject({ reason: 'rate_limited' });
  }
}

const rows = (of: TestSalon) => syncedRows(database, of.id);
const upTo = (count: number) => Array.from({ length: count + 1 }, (_, index) => index);

/** Runs the job until nothing is due, as pg_cron does; returns the longest run in milliseconds. */
async function retryAll(): Promise<number> {
  let longest = 0;
  for (let tried = 1; tried > 0;) {
    const startedAt = performance.now();
    tried = await runRetryJob(database);
    longest = Math.max(longest, performance.now() - startedAt);
  }
  return longest;
}

it.each([
  ['in order', upTo(MOVES)],
  ['backwards', upTo(MOVES).toReversed()],
])(
  `a chain of ${MOVES} rate-limited moves, heard of %s, is applied in bounded runs`,
  async (_name, order) => {
    await deliverLimited(order);
    await makeRetriesDue(database);
    expect(await retryAll()).toBeLessThan(LONGEST_RUN_MS);
    expect(await rows(salon)).toMatchObject([
      { cal_com_event_id: 'first-of-the-minute' },
      { cal_com_event_id: `uid-${MOVES}`, status: 'scheduled' },
    ]);
    const failed = await database.query(
      `select reason, error_message from public.webhook_logs where status <> 'success'`,
    );
    expect(failed).toEqual([]);
  },
  60_000,
);

it(
  'a chain of rate-limited moves does not keep the delivery of another salon waiting',
  async () => {
    await deliverLimited(upTo(MOVES));
    await deliver(database, booking({ uid: 'other-1', organizerUsername: 'inny-salon' }));
    await deliver(database, booking({ uid: 'other-2', organizerUsername: 'inny-salon' }), {
      rateLimit: 1,
    });
    await makeRetriesDue(database);
    // Each salon has one of the first two turns.
    await database.query(
      'select r.* from private.retry_deliveries() t, private.retry_deliveries(t.salon) r',
    );
    expect(await rows(other)).toMatchObject([
      { cal_com_event_id: 'other-1' },
      { cal_com_event_id: 'other-2' },
    ]);
  },
  60_000,
);

it('deliveries above the limit lead to the right row, in whatever order they are retried', async () => {
  const cancelled = booking({
    trigger: 'BOOKING_CANCELLED',
    uid: 'uid-2',
    occurredAt: '2026-09-01T10:02:10.000Z',
  });
  for (const last of [0, 1, 2, 3]) {
    await forgetDeliveries(database);
    const history = [move(0), move(1), move(2), cancelled];
    for (const one of history) await deliver(database, one, { rateLimit: 0 });
    await database.query(
      `update public.webhook_logs set next_attempt_at = now() - interval '1 second'
         * case delivery_key when (
           select l.delivery_key from public.webhook_logs l order by l.created_at offset $1 limit 1
         ) then 1 else 10 end`,
      [last],
    );
    await retryAll();
    expect(await rows(salon)).toMatchObject([{ cal_com_event_id: 'uid-2', status: 'cancelled' }]);
  }
});
