import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
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

/** Delivers both in overlapping sessions: the second starts before the first commits. */
async function interleave(first: CalendarBooking, second: CalendarBooking) {
  const one = await openSession(database, 'service_role');
  const two = await openSession(database, 'service_role');
  await one.query(UPSERT, upsertArguments(first));
  const blocked = two.query(UPSERT, upsertArguments(second));
  await two.isBlocked();
  await one.commit();
  await blocked;
  await two.commit();
}

const created = booking();
const later = { occurredAt: '2026-09-02T10:00:00.000Z' };
// Nothing in it names the salon, as in the flat bodies of old servers.
const cancelled = booking({ trigger: 'BOOKING_CANCELLED', organizerUsername: null, ...later });
const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  ...later,
});

describe('overlapping deliveries', () => {
  it.each([
    ['created, then cancelled', created, cancelled],
    ['cancelled, then created', cancelled, created],
  ])('%s: leave the appointment cancelled', async (_name, first, second) => {
    await interleave(first, second);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
  });

  it.each([
    ['rescheduled, then cancelled', moved, cancelled],
    ['cancelled, then rescheduled', cancelled, moved],
  ])('%s: leave the appointment scheduled under its new uid', async (_name, first, second) => {
    await deliver(database, created);
    await interleave(first, second);
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { cal_com_event_id: 'uid-1', status: 'scheduled' },
    ]);
  });

  it.each([
    ['created, then rescheduled', created, moved],
    ['rescheduled, then created', moved, created],
  ])('%s: make one appointment', async (_name, first, second) => {
    await interleave(first, second);
    expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'uid-1' }]);
  });
});

it('a salon that gets its username during a delivery gets that delivery', async () => {
  const nameless = await createSalon(database, { username: null });
  const early = await openSession(database, 'service_role');
  await early.query(
    UPSERT,
    upsertArguments(booking({ uid: 'early', organizerUsername: 'anna' })),
  );
  const naming = database.as(
    'service_role',
    null,
    (client) =>
      client.query(`update public.salons set cal_com_username = 'anna' where id = $1`, [
        nameless.id,
      ]),
  );
  await setTimeout(200);
  await early.commit();
  await naming;
  expect(await syncedRows(database, nameless.id)).toMatchObject([{ cal_com_event_id: 'early' }]);
});

it('of 50 parallel copies of one delivery, one is applied and 49 are duplicates', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(database, created)));
  const actions = answers.map(({ action }) => action).toSorted();
  expect(actions).toEqual(['applied', ...Array.from({ length: 49 }, () => 'duplicate')]);
  expect(await syncedRows(database, salon.id)).toHaveLength(1);
  expect(await database.query('select id from public.webhook_logs')).toHaveLength(1);
});

it('parallel deliveries about connected chains never deadlock', async () => {
  const deliveries = Array.from({ length: 20 }, (_, index) => [
    booking({ uid: `a${index}` }),
    booking({
      ...later,
      trigger: 'BOOKING_RESCHEDULED',
      uid: `a${index + 1}x`,
      rescheduleUid: `a${index}`,
    }),
    booking({
      ...later,
      trigger: 'BOOKING_RESCHEDULED',
      uid: `a${index}`,
      rescheduleUid: `a${index + 1}x`,
    }),
  ]).flat();
  const answers = await Promise.all(deliveries.map((delivery) => deliver(database, delivery)));
  expect(answers.filter(({ reason }) => reason !== null)).toEqual([]);
});
