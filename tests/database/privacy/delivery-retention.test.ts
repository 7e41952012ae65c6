import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const REDACTED = { redacted: 'retention' };
const body = { triggerEvent: 'BOOKING_CREATED', payload: { title: 'Zofia Kaczmarek' } };

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

const makeOlder = (days: number) =>
  database.query('update webhook_logs set created_at = now() - make_interval(days => $1)', [days]);

async function trim(batch = 1000): Promise<number> {
  const [row] = await database.query<{ trimmed: number }>(
    'select private.trim_deliveries($1) as trimmed',
    [batch],
  );
  return row?.trimmed ?? 0;
}

const contents = () =>
  database.query(
    `select payload, booking is not null as has_booking, redacted_at is not null as is_redacted
     from webhook_logs order by created_at`,
  );
const unchanged = { payload: body, has_booking: true, is_redacted: false };

it('after 90 days the body of a delivery is redacted and its result is kept', async () => {
  const { log_id } = await deliver(database, booking(), { payload: body });
  await makeOlder(91);
  const log = (columns: string) =>
    database.query(`select ${columns} from webhook_logs where id = $1`, [log_id]);
  const resultColumns = 'webhook_type, status, action, attempts, cal_com_event_id, processed_at';
  const before = await log(resultColumns);
  expect(await trim()).toBe(1);
  expect(await contents()).toEqual([{ payload: REDACTED, has_booking: true, is_redacted: true }]);
  expect(await log(resultColumns)).toEqual(before);
});

it('a delivery is kept unchanged for 90 days', async () => {
  await deliver(database, booking(), { payload: body });
  await makeOlder(89);
  expect(await trim()).toBe(0);
  expect(await contents()).toEqual([unchanged]);
});

it('the retention can be changed', async () => {
  await database.query('update private.retention set kept_days = 30');
  await deliver(database, booking(), { payload: body });
  await makeOlder(31);
  expect(await trim()).toBe(1);
  await database.query('update private.retention set kept_days = 90');
});

it('there is only one row of settings', async () => {
  await expect(database.query('insert into private.retention default values'))
    .rejects.toMatchObject({ constraint: 'retention_is_one_row' });
});

it('redacted deliveries still count when an appointment is computed', async () => {
  await deliver(database, booking({ description: 'Boi się suszarki' }), { payload: body });
  await makeOlder(91);
  await trim();
  await deliver(database, booking({ trigger: 'MEETING_ENDED' }));
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { status: 'completed', description: 'Boi się suszarki' },
  ]);
});

describe('no personal data is left of', () => {
  const redacted = { payload: REDACTED, has_booking: false, is_redacted: true };

  it('a dead letter', async () => {
    await deliver(database, booking({ organizerUsername: 'nieznany' }), { payload: body });
    await makeOlder(91);
    await trim();
    expect(await contents()).toEqual([redacted]);
  });

  it('a cancellation whose booking never arrived', async () => {
    await deliver(database, booking({ trigger: 'BOOKING_CANCELLED' }), { payload: body });
    await makeOlder(91);
    await trim();
    expect(await contents()).toEqual([redacted]);
    expect(await database.query('select next_attempt_at from webhook_logs')).toEqual([
      { next_attempt_at: null },
    ]);
  });

  it.each([
    ['a body that could not be parsed', `'BOOKING_CREATED', $1, null, 'Invalid payload'`],
    ['a trigger that changes no appointment', `'PING', $1`],
  ])('%s', async (_name, rest) => {
    await database.query(`select public.upsert_calendar_event('key', ${rest})`, [
      JSON.stringify(body),
    ]);
    await makeOlder(91);
    await trim();
    expect(await contents()).toEqual([redacted]);
  });
});

it('a delivery about a whole slot is kept with its seats', async () => {
  const seat = booking({ uid: 'slot', seated: true, seatId: 'seat-z' });
  await deliver(database, seat, { payload: body });
  await deliver(database, { ...seat, trigger: 'BOOKING_CANCELLED', seatId: null, wholeSlot: true });
  await makeOlder(91);
  await trim();
  expect((await contents()).map(({ has_booking }) => has_booking)).toEqual([true, true]);
});

describe('the booking of a delivery goes, although its uid is known', () => {
  it('as that of another salon’s appointment', async () => {
    await deliver(database, booking({ uid: 'shared' }));
    await database.query(
      `insert into webhook_logs (webhook_type, payload, booking, cal_com_event_id, status,
         next_attempt_at)
       select 'BOOKING_CREATED', '{}', booking, 'shared', 'error', now() from webhook_logs`,
    );
    await makeOlder(91);
    expect(await trim()).toBe(2);
    expect(
      await database.query(
        `select booking is not null as has_booking, next_attempt_at from webhook_logs
         order by booking is null`,
      ),
    ).toMatchObject([{ has_booking: true }, { has_booking: false, next_attempt_at: null }]);
  });

  it('as that of another seat', async () => {
    const seat = booking({ uid: 'slot', seated: true, seatId: 'seat-z' });
    await deliver(database, seat);
    await deliver(database, { ...seat, trigger: 'BOOKING_CANCELLED', seatId: 'seat-unknown' });
    await makeOlder(91);
    await trim();
    expect((await contents()).map(({ has_booking }) => has_booking).toSorted())
      .toEqual([false, true]);
  });
});

it('a delivery that waits for its retry and is needed keeps the time of it', async () => {
  await deliver(database, booking());
  await database.query(
    `update webhook_logs set status = 'error', next_attempt_at = '2026-01-01 12:00Z'`,
  );
  await makeOlder(91);
  await trim();
  expect(await database.query('select next_attempt_at from webhook_logs')).toEqual([
    { next_attempt_at: new Date('2026-01-01 12:00Z') },
  ]);
});

it.each([0, 3651])('%i days is no retention', async (days) => {
  await expect(database.query('update private.retention set kept_days = $1', [days]))
    .rejects.toMatchObject({ constraint: 'retention_kept_days_is_valid' });
});

it.each([1, 3650])('%i days is a retention', async (days) => {
  await database.query('update private.retention set kept_days = $1', [days]);
  await database.query('update private.retention set kept_days = 90');
});

it('a redacted delivery is not redacted again', async () => {
  await deliver(database, booking());
  await makeOlder(91);
  await trim();
  expect(await trim()).toBe(0);
});

it('a run redacts one batch, oldest first', async () => {
  for (const uid of ['old', 'older']) await deliver(database, booking({ uid }));
  await makeOlder(91);
  await database.query(
    `update webhook_logs set created_at = created_at - interval '1 day'
     where cal_com_event_id = 'older'`,
  );
  expect(await trim(1)).toBe(1);
  expect(
    await database.query('select cal_com_event_id from webhook_logs where redacted_at is null'),
  ).toEqual([{ cal_com_event_id: 'old' }]);
});

it('a run does not wait for a delivery that is being changed', async () => {
  for (const uid of ['changing', 'other']) await deliver(database, booking({ uid }));
  await makeOlder(91);
  const change = await openSession(database);
  await change.query(`select from webhook_logs where cal_com_event_id = 'changing' for update`);
  const job = await openSession(database);
  await job.query(`set local lock_timeout = '3s'`);
  expect((await job.query('select private.trim_deliveries() as trimmed')).rows)
    .toEqual([{ trimmed: 1 }]);
});
