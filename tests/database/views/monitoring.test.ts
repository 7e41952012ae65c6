import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

// The setup guide's own queries over webhook_logs, as it prints them.
const LAST_TEN = `SELECT
  webhook_type,
  status,
  cal_com_event_id,
  created_at,
  error_message
FROM webhook_logs
ORDER BY created_at DESC
LIMIT 10;`;
const ERRORS = `SELECT * FROM webhook_logs WHERE status = 'error';`;
const SUCCESS_RATE = `SELECT
     status,
     COUNT(*) as count,
     ROUND(COUNT(*) * 100.0 / SUM(COUNT(*)) OVER(), 2) as percentage
   FROM webhook_logs
   WHERE created_at > NOW() - INTERVAL '24 hours'
   GROUP BY status;`;

let database: TestDatabase;
let salon: TestSalon;
let withoutSalon: string;
let unreadable: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  const yesterday = await deliver(database, booking({ uid: 'long-ago' }));
  await database.query(
    `update webhook_logs set created_at = now() - interval '25 hours' where id = $1`,
    [yesterday.log_id],
  );
  for (let appointment = 1; appointment <= 13; appointment++) {
    await deliver(database, booking({ uid: `appointment-${appointment}` }));
  }
  const unassigned = booking({ uid: 'without-salon', organizerUsername: 'nowy-salon' });
  withoutSalon = (await deliver(database, unassigned)).log_id;
  unreadable = await deliverUnreadable();
  await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', uid: 'not-here-yet' }));
});
afterAll(() => database.drop());

describe('a developer', () => {
  const ask = (query: string) => database.query(query);

  it('sees the last ten deliveries, newest first', async () => {
    const rows = await ask(LAST_TEN);
    expect(rows.map((row) => row['cal_com_event_id'])).toEqual(
      ['not-here-yet', null, 'without-salon', ...appointments(13, 7)],
    );
  });

  it('sees an applied delivery as a success without an error', async () => {
    const rows = await ask(LAST_TEN);
    expect(rows.at(-1)).toEqual({
      webhook_type: 'BOOKING_CREATED',
      status: 'success',
      cal_com_event_id: 'appointment-7',
      created_at: expect.any(Date),
      error_message: null,
    });
  });

  it('finds exactly the failed deliveries among the errors', async () => {
    const rows = await ask(ERRORS);
    expect(Object.fromEntries(rows.map((row) => [row['id'], row['error_message']]))).toEqual({
      [withoutSalon]: expect.stringMatching(/^Failed to find salon: .*nowy-salon/),
      [unreadable]: 'Invalid payload: payload.uid',
    });
  });

  it('gets the success rate of the last 24 hours', async () => {
    const rates = await ask(SUCCESS_RATE);
    expect(byStatus(rates)).toEqual({
      error: { count: 2, percentage: 12.5 },
      processing: { count: 1, percentage: 6.25 },
      success: { count: 13, percentage: 81.25 },
    });
    expect(sumOf(rates)).toBe(100);
  });
});

describe('an owner', () => {
  const ask = (query: string) =>
    database.as(
      'authenticated',
      salon.ownerId,
      async (client) => (await client.query(query)).rows,
    );

  it('sees the last ten deliveries of the salon', async () => {
    const rows = await ask(LAST_TEN);
    expect(rows.map((row) => row.cal_com_event_id)).toEqual([
      'not-here-yet',
      ...appointments(13, 5),
    ]);
  });

  it('gets the success rate of the salon', async () => {
    const rates = await ask(SUCCESS_RATE);
    expect(byStatus(rates)).toEqual({
      processing: { count: 1, percentage: 7.14 },
      success: { count: 13, percentage: 92.86 },
    });
    expect(sumOf(rates)).toBe(100);
  });
});

/** The uids of appointments, from the newest to the oldest. */
function appointments(newest: number, oldest: number): string[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => `appointment-${newest - index}`);
}

function byStatus(rates: Record<string, unknown>[]) {
  return Object.fromEntries(
    rates.map(({ status, count, percentage }) => [
      status,
      { count: Number(count), percentage: Number(percentage) },
    ]),
  );
}

function sumOf(rates: Record<string, unknown>[]): number {
  return rates.reduce((sum, { percentage }) => sum + Number(percentage), 0);
}

async function deliverUnreadable(): Promise<string> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(
      `select log_id from upsert_calendar_event(
         p_delivery_key => 'unreadable', p_webhook_type => 'BOOKING_CREATED', p_payload => '{}',
         p_error => 'Invalid payload: payload.uid')`,
    );
    return rows[0].log_id;
  });
}
