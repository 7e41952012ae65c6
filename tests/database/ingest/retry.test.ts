import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { hostCancelsSlot, tomasz, zofia } from '../support/seated-slot.ts';
import { deliveryLog, makeRetriesDue, runRetryJob, whileWritesFail } from '../support/retries.ts';

const LAST_ATTEMPT = 20;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const deliverFailing = (delivered = booking()) =>
  whileWritesFail(database, () => deliver(database, delivered));
const cancelled = booking({
  trigger: 'BOOKING_CANCELLED',
  occurredAt: '2026-09-02T10:00:00.000Z',
});
const setAttempts = (attempts: number) =>
  database.query('update public.webhook_logs set attempts = $1', [attempts]);

describe('a deferred delivery', () => {
  it('is applied once it is due and the cause is gone', async () => {
    await deliverFailing();
    await makeRetriesDue(database);
    expect(await runRetryJob(database)).toBe(1);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
    expect(await deliveryLog(database)).toMatchObject([
      { status: 'success', action: 'applied', error: null, attempts: 2, waits: false },
    ]);
  });

  it('waits about a minute after the first attempt, and twice as long after the second', async () => {
    const waits = async () => {
      const [log] = await database.query<{ seconds: number }>(
        `select extract(epoch from next_attempt_at - processed_at)::integer as seconds
         from public.webhook_logs`,
      );
      return log?.seconds;
    };
    await deliverFailing();
    expect(await waits()).toSatisfy((seconds: number) => seconds >= 45 && seconds <= 76);
    await makeRetriesDue(database);
    await whileWritesFail(database, () => runRetryJob(database));
    expect(await waits()).toSatisfy((seconds: number) => seconds >= 90 && seconds <= 151);
  });

  it('is not retried before it is due', async () => {
    await deliverFailing();
    expect(await runRetryJob(database)).toBe(0);
    expect(await deliveryLog(database)).toMatchObject([{ status: 'error', attempts: 1 }]);
  });

  it('is deferred again when its retry fails', async () => {
    await deliverFailing();
    await makeRetriesDue(database);
    await whileWritesFail(database, () => runRetryJob(database));
    expect(await deliveryLog(database)).toMatchObject([
      { status: 'error', action: 'deferred', attempts: 2, waits: true },
    ]);
    expect(await runRetryJob(database)).toBe(0);
  });

  it('finds its salon through a client who was added meanwhile', async () => {
    const clientId = randomUUID();
    await deliver(database, booking({ organizerUsername: 'nieznany', clientId }));
    await database.query(
      `insert into public.clients (id, salon_id, name, surname, phone_number)
       values ($1, $2, 'Zofia', 'Kaczmarek', '501 220 314')`,
      [clientId, salon.id],
    );
    await makeRetriesDue(database);
    await runRetryJob(database);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ client_id: clientId }]);
  });

  it('is retried whatever the reason for the deferral', async () => {
    await deliver(database, booking());
    await database.query(
      `update public.webhook_logs
       set status = 'error', action = 'deferred', attempts = 0, next_attempt_at = now(),
         error_message = 'Over the rate'`,
    );
    expect(await runRetryJob(database)).toBe(1);
    expect(await deliveryLog(database)).toMatchObject([{ status: 'success', attempts: 1 }]);
  });
});

it('a body that could not be parsed is never retried', async () => {
  await database.query(
    `select public.upsert_calendar_event('key', 'BOOKING_CREATED', '{}', null, 'Invalid payload')`,
  );
  await database.query('update public.webhook_logs set next_attempt_at = now()');
  expect(await runRetryJob(database)).toBe(0);
});

describe('the retry delay', () => {
  const delay = async (attempts: number, dice: number) => {
    const [row] = await database.query<{ seconds: number }>(
      `select extract(epoch from private.retry_delay($1, $2))::integer as seconds`,
      [attempts, dice],
    );
    return row?.seconds;
  };

  it.each([[1, 60], [2, 120], [5, 960], [9, 15_360], [10, 21_600], [1_000, 21_600]])(
    'after %i attempts is %i seconds',
    async (attempts, seconds) => expect(await delay(attempts, 0.5)).toBe(seconds),
  );

  it('varies by a quarter', async () => {
    expect([await delay(1, 0), await delay(1, 1)]).toEqual([45, 75]);
  });

  it('adds up to less than three days until the last attempt', async () => {
    const [sum] = await database.query(
      `select extract(day from justify_hours(sum(private.retry_delay(n, 0.5))))::integer as days
       from generate_series(1, private.max_delivery_attempts() - 1) as n`,
    );
    expect(sum).toEqual({ days: 2 });
  });
});

describe('a dead letter', () => {
  const exhaustRetries = async (delivered = booking({ organizerUsername: 'spozniony' })) => {
    const { log_id } = await deliver(database, delivered);
    await setAttempts(LAST_ATTEMPT - 1);
    await makeRetriesDue(database);
    await runRetryJob(database);
    return log_id;
  };

  it('keeps the reason of its last attempt, and says how to replay it', async () => {
    const id = await exhaustRetries();
    expect(await deliveryLog(database)).toMatchObject([{
      status: 'error',
      action: 'dead',
      reason: 'salon_not_found',
      attempts: LAST_ATTEMPT,
      waits: false,
    }]);
    const [log] = await deliveryLog(database);
    expect(log?.['error']).toMatch(
      /^Failed to find salon: .* Retries stopped after 20 attempts\. /,
    );
    expect(log?.['error']).toContain(`select * from replay_delivery('${id}');`);
  });

  it('is a cancellation whose booking never arrived', async () => {
    await exhaustRetries(cancelled);
    expect(await deliveryLog(database)).toMatchObject([
      { status: 'error', action: 'dead', reason: 'booking_unknown', waits: false },
    ]);
  });

  it('is not retried', async () => {
    await exhaustRetries();
    expect(await runRetryJob(database)).toBe(0);
  });

  it('is applied when its booking arrives', async () => {
    await exhaustRetries(cancelled);
    await deliver(database, booking());
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
    expect(await deliveryLog(database)).toMatchObject([
      { status: 'success', action: 'applied', reason: null, error: null },
      { status: 'success' },
    ]);
  });

  it('is applied when its salon appears', async () => {
    await exhaustRetries();
    const late = await createSalon(database, { username: 'spozniony' });
    expect(await syncedRows(database, late.id)).toHaveLength(1);
    expect(await deliveryLog(database)).toMatchObject([{ status: 'success', action: 'applied' }]);
  });

  it('is applied when its booking arrives under a later uid', async () => {
    await exhaustRetries(booking({ organizerUsername: 'po-latach' }));
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      occurredAt: '2026-09-02T10:00:00.000Z',
    });
    await deliver(database, moved);
    expect(await deliveryLog(database)).toMatchObject([{ status: 'success' }, {}]);
  });
});

it('a run retries one batch, longest overdue first', async () => {
  for (const uid of ['late', 'early', 'middle']) await deliverFailing(booking({ uid }));
  await database.query(
    `update public.webhook_logs set next_attempt_at = now() - case cal_com_event_id
       when 'early' then interval '3 minutes' when 'middle' then interval '2 minutes'
       else interval '1 minute' end`,
  );
  expect(await runRetryJob(database, 1)).toBe(1);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'early' }]);
  expect(await runRetryJob(database, 1)).toBe(1);
  expect(await syncedRows(database, salon.id)).toHaveLength(2);
});

it('a delivery that another one applied is not retried itself', async () => {
  await deliver(database, cancelled);
  await deliverFailing();
  await makeRetriesDue(database);
  // The cancellation is due first: it finds the booking and applies it.
  await database.query(
    `update public.webhook_logs set next_attempt_at = now() - interval '1 hour'
     where webhook_type = 'BOOKING_CANCELLED'`,
  );
  expect(await runRetryJob(database)).toBe(1);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  expect((await deliveryLog(database)).map(({ status }) => status)).toEqual(['success', 'success']);
});

it('the retry of a slot cancellation cancels every seat, new ones included', async () => {
  await deliver(database, zofia);
  await deliverFailing(hostCancelsSlot);
  // This seat is cancelled on arrival, which leaves the cancellation deferred for the other one.
  await deliver(database, tomasz);
  await makeRetriesDue(database);
  await runRetryJob(database);
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { status: 'cancelled' },
    { status: 'cancelled' },
  ]);
});
