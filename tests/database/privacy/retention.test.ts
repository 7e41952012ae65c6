import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';

const BLANK = { redacted: 'retention' };
const body = { triggerEvent: 'BOOKING_CREATED', payload: { title: 'Zofia Kaczmarek' } };

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const age = (days: number) =>
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
    `select payload, booking is not null as has_booking, redacted_at is not null as is_blanked
     from webhook_logs order by created_at`,
  );
const kept = { payload: body, has_booking: true, is_blanked: false };

it('after 90 days the body of a delivery is gone, and what happened stays', async () => {
  const { log_id } = await deliver(database, booking(), { payload: body });
  await age(91);
  const log = (columns: string) =>
    database.query(`select ${columns} from webhook_logs where id = $1`, [log_id]);
  const whatHappened = 'webhook_type, status, action, attempts, cal_com_event_id, processed_at';
  const before = await log(whatHappened);
  expect(await trim()).toBe(1);
  expect(await contents()).toEqual([{ payload: BLANK, has_booking: true, is_blanked: true }]);
  expect(await log(whatHappened)).toEqual(before);
});

it('up to 90 days everything is kept', async () => {
  await deliver(database, booking(), { payload: body });
  await age(89);
  expect(await trim()).toBe(0);
  expect(await contents()).toEqual([kept]);
});

it('the number of days can be set', async () => {
  await database.query('update private.retention set kept_days = 30');
  await deliver(database, booking(), { payload: body });
  await age(31);
  expect(await trim()).toBe(1);
  await database.query('update private.retention set kept_days = 90');
});

it('there is one setting only', async () => {
  await expect(database.query('insert into private.retention default values'))
    .rejects.toMatchObject({ constraint: 'retention_is_one_row' });
});

it('the row of an appointment is still computed from what was said of it long ago', async () => {
  await deliver(database, booking({ description: 'Boi się suszarki' }), { payload: body });
  await age(91);
  await trim();
  await deliver(database, booking({ trigger: 'MEETING_ENDED' }));
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { status: 'completed', description: 'Boi się suszarki' },
  ]);
});

describe('of what never became an appointment nothing personal is left:', () => {
  const gone = { payload: BLANK, has_booking: false, is_blanked: true };

  it('a dead letter', async () => {
    await deliver(database, booking({ organizerUsername: 'nieznany' }), { payload: body });
    await age(91);
    await trim();
    expect(await contents()).toEqual([gone]);
  });

  it('a cancellation whose booking never came', async () => {
    await deliver(database, booking({ trigger: 'BOOKING_CANCELLED' }), { payload: body });
    await age(91);
    await trim();
    expect(await contents()).toEqual([gone]);
    expect(await database.query('select next_attempt_at from webhook_logs')).toEqual([
      { next_attempt_at: null },
    ]);
  });

  it.each([
    ['an unreadable body', `'BOOKING_CREATED', $1, null, 'Invalid payload'`],
    ['a trigger that moves no appointment', `'PING', $1`],
  ])('%s', async (_name, rest) => {
    await database.query(`select public.upsert_calendar_event('key', ${rest})`, [
      JSON.stringify(body),
    ]);
    await age(91);
    await trim();
    expect(await contents()).toEqual([gone]);
  });
});

it('what was said of a whole slot stays with its seats', async () => {
  const seat = booking({ uid: 'slot', seated: true, seatId: 'seat-z' });
  await deliver(database, seat, { payload: body });
  await deliver(database, { ...seat, trigger: 'BOOKING_CANCELLED', seatId: null, wholeSlot: true });
  await age(91);
  await trim();
  expect((await contents()).map(({ has_booking }) => has_booking)).toEqual([true, true]);
});

it('what is redacted is not redacted again', async () => {
  await deliver(database, booking());
  await age(91);
  await trim();
  expect(await trim()).toBe(0);
});

it('a run takes the oldest first, a batch at a time', async () => {
  for (const uid of ['old', 'older']) await deliver(database, booking({ uid }));
  await age(91);
  await database.query(
    `update webhook_logs set created_at = created_at - interval '1 day'
     where cal_com_event_id = 'older'`,
  );
  expect(await trim(1)).toBe(1);
  expect(
    await database.query('select cal_com_event_id from webhook_logs where redacted_at is null'),
  ).toEqual([{ cal_com_event_id: 'old' }]);
});
