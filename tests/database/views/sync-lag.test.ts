import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

// The setup guide's own queries over calendar_events, as it prints them.
const LATEST_EVENT = `SELECT * FROM calendar_events ORDER BY created_at DESC LIMIT 1;`;
const SYNC_LAG = `SELECT
     cal_com_event_id,
     created_at,
     synced_at,
     EXTRACT(EPOCH FROM (synced_at - created_at)) as lag_seconds
   FROM calendar_events
   ORDER BY created_at DESC
   LIMIT 10;`;

let database: TestDatabase;
let salon: TestSalon;
let bookedAt: string;
let arrivedAt: Date;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  bookedAt = secondsAgo(30);
  await deliver(database, booking({ uid: 'last-booked', occurredAt: bookedAt }));
  await deliver(database, booking({ uid: 'first-booked', occurredAt: secondsAgo(90) }));
  const [log] = await database.query<{ created_at: Date }>(
    `select created_at from webhook_logs where cal_com_event_id = 'last-booked'`,
  );
  arrivedAt = log?.created_at ?? new Date(Number.NaN);
});
afterAll(() => database.drop());

it('the latest appointment is the one that was booked last', async () => {
  expect(await database.query(LATEST_EVENT)).toMatchObject([{ cal_com_event_id: 'last-booked' }]);
});

it('the lag is the time from the booking to its arrival', async () => {
  const seconds = (arrivedAt.getTime() - Date.parse(bookedAt)) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(30);
  expect(await lagOf('last-booked')).toBeCloseTo(seconds, 2);
});

it('a reschedule does not change the lag', async () => {
  const lag = await lagOf('first-booked');
  await deliver(
    database,
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'moved',
      rescheduleUid: 'first-booked',
      occurredAt: secondsAgo(0),
    }),
  );
  expect(lag).toBeGreaterThanOrEqual(90);
  expect(await lagOf('moved')).toBe(lag);
});

it('the owner of the salon gets the same results', async () => {
  for (const query of [LATEST_EVENT, SYNC_LAG]) {
    const answer = await database.as(
      'authenticated',
      salon.ownerId,
      (client) => client.query(query),
    );
    expect(answer.rows).toEqual(await database.query(query));
  }
});

function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

async function lagOf(uid: string): Promise<number> {
  const rows = await database.query<{ cal_com_event_id: string; lag_seconds: string }>(SYNC_LAG);
  return Number(rows.find((row) => row.cal_com_event_id === uid)?.lag_seconds);
}
