import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { loggedSnapshots, snapshot, SYNC, sync, syncArguments } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

const polled = (hour: number, overrides = {}) => snapshot({ ...at(hour), ...overrides });

it('a poll waits for a concurrent delivery and finds nothing to change', async () => {
  const webhook = await openSession(database, 'service_role');
  const poll = await openSession(database, 'service_role');
  await webhook.query(UPSERT, upsertArguments(booking()));
  const synced = poll.query(SYNC, syncArguments(salon.id, [polled(1)]));
  await poll.isBlocked();
  await webhook.commit();
  expect((await synced).rows).toEqual([{ action: 'unchanged', code: null, snapshots: 1 }]);
  await poll.commit();
  expect(await loggedSnapshots(database)).toBe(0);
});

it('a delivery waits for a concurrent poll and is applied after it', async () => {
  const poll = await openSession(database, 'service_role');
  const webhook = await openSession(database, 'service_role');
  await poll.query(SYNC, syncArguments(salon.id, [polled(1)]));
  const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...at(2) });
  const delivered = webhook.query(UPSERT, upsertArguments(cancelled));
  await webhook.isBlocked();
  await poll.commit();
  await delivered;
  await webhook.commit();
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
});

it('concurrent polls and deliveries about the same chains and seats never deadlock', async () => {
  const seat = (uid: string, index: number, hour: number) =>
    polled(hour, { uid, seated: true, seatId: `seat-${index}`, rescheduleUid: null });
  const indices = Array.from({ length: 15 }, (_, index) => index);
  await sync(database, salon.id, indices.map((index) => seat('slot-a', index, 1)));

  const webhooks: CalendarBooking[] = indices.flatMap((index) => [
    booking({ uid: `a${index}` }),
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: `b${index}`,
      rescheduleUid: `a${index}`,
      ...at(3),
    }),
    booking({ uid: 'slot-b', seated: true, seatId: `other-${index}` }),
  ]);
  const polls: CalendarBooking[][] = [
    indices.map((index) => polled(2, { uid: `b${index}`, rescheduleUid: `a${index}` })),
    indices.toReversed().map((index) => polled(2, { uid: `a${index}` })),
    indices.map((index) => seat('slot-b', index, 4)),
    indices.toReversed().map((index) => seat('slot-a', index, 5)),
  ];
  const [answers, synced] = await Promise.all([
    Promise.all(webhooks.map((webhook) => deliver(database, webhook))),
    Promise.all(polls.map((snapshots) => sync(database, salon.id, snapshots))),
  ]);
  expect(answers.filter(({ reason }) => reason !== null)).toEqual([]);
  const problems = synced.flatMap((counts) => Object.keys(counts)).filter((key) =>
    key.includes(' ') && key !== 'failed busy'
  );
  expect(problems).toEqual([]);
});
