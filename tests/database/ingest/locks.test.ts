import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { advisoryLocksOf } from '../support/locks.ts';
import { person, slot, TOMASZ, ZOFIA, zofia } from '../support/seated-slot.ts';
import { makeRetriesDue, runRetryJob } from '../support/retries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const MANY = 1000;
/** Postgres has room for some thousands, for all sessions together. */
const FEW_LOCKS = 20;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

describe('deliveries about two bookings of one salon', () => {
  const cancelled = (uid: string) => booking({ trigger: 'BOOKING_CANCELLED', uid, ...at(12) });

  it.each<[string, CalendarBooking, CalendarBooking]>([
    ['two new bookings', booking({ uid: 'a' }), booking({ uid: 'b' })],
    ['a new booking and a cancellation', booking({ uid: 'a' }), cancelled('known')],
    ['two cancellations', cancelled('known'), cancelled('known-too')],
    [
      'a move and a new booking',
      booking({ trigger: 'BOOKING_RESCHEDULED', uid: 'a', rescheduleUid: 'known', ...at(12) }),
      booking({ uid: 'b' }),
    ],
  ])('do not wait for each other: %s', async (_name, first, second) => {
    for (const uid of ['known', 'known-too']) await deliver(database, booking({ uid }));
    const one = await openSession(database, 'service_role');
    const two = await openSession(database, 'service_role');
    await one.query(UPSERT, upsertArguments(first));
    await two.query(`set local lock_timeout = '2s'`);
    const { rows } = await two.query(UPSERT, upsertArguments(second));
    expect(rows).toMatchObject([{ action: 'applied' }]);
    await two.commit();
    await one.commit();
  });

  it('wait for each other if a move connects them', async () => {
    await deliver(database, booking({ uid: 'known' }));
    const one = await openSession(database, 'service_role');
    const two = await openSession(database, 'service_role');
    await one.query(UPSERT, upsertArguments(cancelled('known')));
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'a',
      rescheduleUid: 'known',
      ...at(12),
    });
    const blocked = two.query(UPSERT, upsertArguments(moved));
    await two.isBlocked();
    await one.commit();
    await blocked;
    await two.commit();
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  });
});

describe(`work on ${MANY} deliveries holds few locks`, () => {
  /** As many bookings, each of which failed. */
  async function storeFailed(overrides: Partial<CalendarBooking>, salonId: string | null) {
    await database.query(
      `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
         seat_id, cal_com_event_id, delivery_key, occurred_at, status, action, reason)
       select $2, 'BOOKING_CREATED', '{}', $1::jsonb || jsonb_build_object('uid', 'uid-' || n),
         'uid-' || n, '', 'uid-' || n, n::text, '2026-09-01 10:00Z', 'error', 'deferred',
         'apply_failed'
       from generate_series(1, $3::int) n`,
      [JSON.stringify(booking(overrides)), salonId, MANY],
    );
    await database.query('analyze public.webhook_logs');
  }

  it('when they are replayed', async () => {
    await storeFailed({}, salon.id);
    const owner = await openSession(database, 'service_role');
    const { rows } = await owner.query(
      `select * from public.replay_deliveries($1, '2000-01-01', '2100-01-01')`,
      [salon.id],
    );
    expect(rows[0].applied).toBeGreaterThan(0);
    expect(await advisoryLocksOf(owner)).toBeLessThanOrEqual(FEW_LOCKS);
  });

  it('when they are replayed and each applies another one', async () => {
    await storeFailed({}, salon.id);
    // Of each booking a cancellation waits as well.
    await database.query(
      `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
         seat_id, cal_com_event_id, delivery_key, occurred_at, status, action, reason)
       select l.salon_id, 'BOOKING_CANCELLED', '{}',
         l.booking || '{"trigger": "BOOKING_CANCELLED"}', l.booking_uid, '', l.cal_com_event_id,
         'cancelled ' || l.delivery_key, '2026-09-02 10:00Z', 'processing', 'deferred',
         'booking_unknown'
       from public.webhook_logs l`,
    );
    await database.query('analyze public.webhook_logs');
    const owner = await openSession(database, 'service_role');
    await owner.query(
      `select * from public.replay_deliveries($1, '2000-01-01', '2100-01-01', 'error')`,
      [salon.id],
    );
    expect(await advisoryLocksOf(owner)).toBeLessThanOrEqual(FEW_LOCKS);
  });

  it('when those without a salon are replayed', async () => {
    await storeFailed({ organizerUsername: 'nieznany' }, null);
    const operator = await openSession(database, 'service_role');
    await operator.query(
      `select * from public.replay_deliveries(null, '2000-01-01', '2100-01-01')`,
    );
    expect(await advisoryLocksOf(operator)).toBeLessThanOrEqual(60);
  });

  it('when their client is erased', async () => {
    const email = 'zofia@poczta.example';
    const client = await createClient(database, salon.id, { email });
    await storeFailed({ attendeeEmail: email, clientId: client.id }, salon.id);
    await deliver(database, booking({ attendeeEmail: email }));
    const operator = await openSession(database);
    await operator.query('select public.erase_client($1)', [client.id]);
    // As the job does, but in one transaction.
    await operator.query(
      'do $$begin while private.continue_erasures() is not null loop end loop; end$$',
    );
    const { rows } = await operator.query('select counts, finished_at from client_erasures');
    expect(rows).toMatchObject([
      { counts: { webhook_logs: MANY + 1 }, finished_at: expect.any(Date) },
    ]);
    expect(await advisoryLocksOf(operator)).toBeLessThanOrEqual(FEW_LOCKS);
  }, 60_000);

  it('when a salon gets its username', async () => {
    await storeFailed({ organizerUsername: 'pozniej' }, null);
    const late = await createSalon(database, { username: null });
    const operator = await openSession(database, 'service_role');
    await operator.query(`update public.salons set cal_com_username = 'pozniej' where id = $1`, [
      late.id,
    ]);
    expect(await advisoryLocksOf(operator)).toBeLessThanOrEqual(FEW_LOCKS);
    await operator.commit();
    expect((await syncedRows(database, late.id)).length).toBeGreaterThan(0);
  });

  it('when they are retried', async () => {
    await storeFailed({}, salon.id);
    await database.query('update public.webhook_logs set next_attempt_at = now()');
    const job = await openSession(database);
    const { rows } = await job.query('select tried from private.retry_deliveries()');
    expect(rows[0].tried).toBe(50);
    // One for each booking of a batch, one for its salon, one for the job.
    expect(await advisoryLocksOf(job)).toBeLessThanOrEqual(52);
  });

  it('when the booking arrives that they wait for', async () => {
    await database.query(
      `insert into public.webhook_logs (salon_id, webhook_type, payload, booking, booking_uid,
         seat_id, delivery_key, occurred_at, status, action, reason)
       select $2, 'MEETING_ENDED', '{}', $1::jsonb || jsonb_build_object('uid', 'uid-' || n),
         'uid-' || n, '', n::text, '2026-09-01 10:00Z', 'processing', 'deferred', 'booking_unknown'
       from generate_series(1, 200) n`,
      [JSON.stringify(booking({ trigger: 'MEETING_ENDED', rescheduleUid: 'hub' })), salon.id],
    );
    const webhook = await openSession(database, 'service_role');
    await webhook.query(UPSERT, upsertArguments(booking({ uid: 'hub' })));
    // One for each booking that was tried, one for the hub, one for the salon.
    expect(await advisoryLocksOf(webhook)).toBeLessThanOrEqual(102);
    await webhook.commit();
    const neither = await database.query(
      `select from public.webhook_logs
       where status <> 'success' and (next_attempt_at > now()) is not false`,
    );
    expect(neither).toEqual([]);
  });
});

describe('a seat that was in many slots', () => {
  it.each<[string, Partial<CalendarBooking>]>([
    ['holds few locks when it moves again', {
      trigger: 'BOOKING_RESCHEDULED',
      rescheduleUid: 'slot',
    }],
    ['holds few locks when it is heard of in one more', {}],
  ])('%s', async (_name, delivery) => {
    await deliver(database, zofia);
    await database.query(
      `insert into public.calendar_event_uids
         (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id)
       select 'slot-' || n, 'seat-z', e.id, 'slot', 'seat-z'
       from public.calendar_events e, generate_series(1, $1) n`,
      [MANY],
    );
    const webhook = await openSession(database, 'service_role');
    const next = slot({ uid: 'next', seatId: 'seat-z', ...person(ZOFIA), ...at(12), ...delivery });
    const { rows } = await webhook.query(UPSERT, upsertArguments(next));
    expect(rows).toMatchObject([{ action: 'applied' }]);
    expect(await advisoryLocksOf(webhook)).toBeLessThan(FEW_LOCKS);
    await webhook.commit();
    expect(await syncedRows(database, salon.id)).toHaveLength(1);
  });

  it('waits for a retry while another of its slots is being written', async () => {
    await deliver(database, zofia);
    const other = await openSession(database, 'service_role');
    await other.query(UPSERT, upsertArguments(slot({ seatId: 'seat-t', ...person(TOMASZ) })));
    const next = slot({ uid: 'next', seatId: 'seat-z', ...person(ZOFIA), ...at(12) });
    expect(await deliver(database, next)).toMatchObject({ reason: 'apply_failed' });
    await other.commit();
    await makeRetriesDue(database);
    expect(await runRetryJob(database)).toBe(1);
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { cal_com_event_id: 'next#seat-z' },
      { cal_com_event_id: 'slot#seat-t' },
    ]);
  });
});
