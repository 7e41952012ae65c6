import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { advisoryLocksOf } from '../support/locks.ts';
import { makeRetriesDue, runRetryJob } from '../support/retries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const MANY = 1000;
const TURN = 'select salon, tried from private.retry_deliveries($1, 2)';

let database: TestDatabase;
/** In the order of their ids, which is that of their turns. */
let first: TestSalon;
let second: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  const salons = [
    await createSalon(database, { username: 'one' }),
    await createSalon(database, { username: 'two' }),
  ];
  salons.sort((a, b) => a.id < b.id ? -1 : 1);
  [first, second] = salons as [TestSalon, TestSalon];
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

async function defer(salon: TestSalon, uids: string[]): Promise<void> {
  for (const uid of uids) {
    await deliver(database, booking({ uid }), { salonId: salon.id, rateLimit: 0 });
  }
  await makeRetriesDue(database);
}

/** Runs the job as pg_cron does; returns the turns until nothing is left. */
async function runTurns(after: string | null): Promise<unknown[]> {
  const turns: unknown[] = [];
  for (;;) {
    const [turn] = await database.query<{ salon: string | null; tried: number }>(TURN, [after]);
    if (turn === undefined || turn.tried === 0) return turns;
    turns.push([turn.salon, turn.tried]);
    after = turn.salon;
  }
}

it('salons take turns, so that one with many deliveries does not keep another waiting', async () => {
  await defer(first, ['a', 'b', 'c', 'd', 'e']);
  await defer(second, ['z', 'y', 'x']);
  expect(await runTurns(null)).toEqual([
    [first.id, 2],
    [second.id, 2],
    [first.id, 2],
    [second.id, 1],
    [first.id, 1],
  ]);
});

it('the turn after a salon is that of the next one, and then of the first', async () => {
  await defer(first, ['a']);
  await defer(second, ['z']);
  expect(await runTurns(first.id)).toEqual([[second.id, 1], [first.id, 1]]);
});

it('deliveries of no salon have a turn of their own, after the last salon', async () => {
  const nobodys = booking({ uid: 'n', organizerUsername: 'nobody', hostUsername: 'nobody' });
  await deliver(database, nobodys);
  await defer(second, ['z']);
  expect(await runTurns(first.id)).toEqual([[second.id, 1], [null, 1]]);
});

it('a salon whose deliveries are being written is passed over, and not kept locked', async () => {
  await defer(first, ['a', 'b', 'c']);
  await defer(second, ['z']);
  const batch = await openSession(database);
  await batch.query('select private.lock_salon($1)', [first.id]);
  const job = await openSession(database);
  expect((await job.query(TURN, [null])).rows).toEqual([{ salon: second.id, tried: 1 }]);
  // One for the job, one for the other salon, one for its booking.
  expect(await advisoryLocksOf(job)).toBe(3);
  await job.commit();
  await batch.commit();
});

it('what waits for a booking that does not arrive is tried once, however much it is', async () => {
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
       seat_id, delivery_key, occurred_at, status, action, reason, attempts, next_attempt_at)
     select $1, 'MEETING_ENDED', '{}', $2, 'a', '', n::text, '2026-09-01 10:00Z', 'processing',
       'deferred', 'booking_unknown', 1, now()
     from generate_series(1, 150) n`,
    [first.id, JSON.stringify(booking({ trigger: 'MEETING_ENDED', uid: 'a' }))],
  );
  for (const tried of [50, 50, 50, 0]) expect(await runRetryJob(database)).toBe(tried);
  expect(await database.query('select distinct attempts from public.webhook_logs'))
    .toEqual([{ attempts: 2 }]);
});

it('while a turn takes its time, deliveries about the bookings of other salons do not wait', async () => {
  await defer(first, ['a']);
  await defer(second, ['z']);
  const job = await openSession(database);
  await job.query(TURN, [null]);
  const cancelled = booking({ trigger: 'BOOKING_CANCELLED', uid: 'z', ...at(12) });
  expect(await deliver(database, cancelled, { salonId: second.id }))
    .toMatchObject({ action: 'applied' });
  await job.commit();
  expect(await syncedRows(database, second.id)).toMatchObject([{ status: 'cancelled' }]);
});

it.each([
  ['due', '-1 hour'],
  ['not due yet', '1 hour'],
])('a turn reads nothing of what waits of another salon, %s', async (_name, delay) => {
  await defer(second, ['z']);
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
       seat_id, status, action, reason, next_attempt_at)
     select $1, 'MEETING_ENDED', '{}', '{}', 'uid-' || n, '', 'processing', 'deferred',
       'booking_unknown', now() + $2::interval
     from generate_series(1, $3::int) n`,
    [first.id, delay, MANY],
  );
  const job = await openSession(database);
  expect((await job.query('select private.next_due_salon($1)', [first.id])).rows)
    .toEqual([{ next_due_salon: second.id }]);
  expect((await job.query('select * from private.due_deliveries($1, 50)', [second.id])).rows)
    .toHaveLength(1);
  const { rows } = await job.query(
    `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables
     where relid = 'public.webhook_logs'::regclass`,
  );
  expect(Number(rows[0].read)).toBeLessThan(10);
  await job.commit();
});
