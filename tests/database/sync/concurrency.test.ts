import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { openSession, waitsForLock } from '../support/sessions.ts';
import { loggedSnapshots, snapshot, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const at = (hour: number) => ({ occurredAt: `2026-09-02T0${hour}:00:00.000Z` });
const seen = (hour: number, overrides = {}) => snapshot({ ...at(hour), ...overrides });

it('a look waits for the webhook that is being written, and finds nothing to do', async () => {
  const webhook = await openSession(database);
  const look = await openSession(database);
  const pid = await look.pid();
  await webhook.deliver(booking());
  const found = look.sync(salon.id, [seen(1)]);
  await waitsForLock(database, pid);
  await webhook.commit();
  expect(await found).toEqual([{ action: 'unchanged', code: null, snapshots: 1 }]);
  await look.commit();
  expect(await loggedSnapshots(database)).toBe(0);
});

it('a webhook waits for the look that is being written, and has the last word', async () => {
  const look = await openSession(database);
  const webhook = await openSession(database);
  const pid = await webhook.pid();
  await look.sync(salon.id, [seen(1)]);
  const delivered = webhook.deliver(booking({ trigger: 'BOOKING_CANCELLED', ...at(2) }));
  await waitsForLock(database, pid);
  await look.commit();
  await delivered;
  await webhook.commit();
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'cancelled' }]);
});

it('looks and webhooks of the same chains and seats at once never deadlock', async () => {
  const seat = (uid: string, index: number, hour: number) =>
    seen(hour, { uid, seated: true, seatId: `seat-${index}`, rescheduleUid: null });
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
  const looks: CalendarBooking[][] = [
    indices.map((index) => seen(2, { uid: `b${index}`, rescheduleUid: `a${index}` })),
    indices.toReversed().map((index) => seen(2, { uid: `a${index}` })),
    indices.map((index) => seat('slot-b', index, 4)),
    indices.toReversed().map((index) => seat('slot-a', index, 5)),
  ];
  const [answers, synced] = await Promise.all([
    Promise.all(webhooks.map((webhook) => deliver(database, webhook))),
    Promise.all(looks.map((look) => sync(database, salon.id, look))),
  ]);
  expect(answers.filter(({ reason }) => reason !== null)).toEqual([]);
  const problems = synced.flatMap((counts) => Object.keys(counts)).filter((key) =>
    key.includes(' ') && key !== 'failed busy'
  );
  expect(problems).toEqual([]);
});
