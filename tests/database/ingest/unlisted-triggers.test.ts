import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { syncedRows } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const receive = (trigger: string) =>
  database.as('service_role', null, async (client) => {
    const { rows } = await client.query(
      `select action, event_id, reason from public.upsert_calendar_event($1, $2, $3)`,
      [`key of ${trigger}`, trigger, JSON.stringify({ triggerEvent: trigger })],
    );
    return rows;
  });

it.each([
  'INSTANT_MEETING_ACCEPTED',
  'DELEGATION_CREDENTIAL_ERROR',
  'WRONG_ASSIGNMENT_REPORT',
  'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
  'A_TRIGGER_OF_2027',
])('%s is kept and changes nothing', async (trigger) => {
  await deliver(database, booking());
  const before = await syncedRows(database, salon.id);
  expect(await receive(trigger)).toEqual([{ action: 'ignored', event_id: null, reason: null }]);
  expect(await receive(trigger)).toEqual([{ action: 'duplicate', event_id: null, reason: null }]);
  expect(await syncedRows(database, salon.id)).toEqual(before);
  const kept = await database.query(
    `select status, action, payload ->> 'triggerEvent' as trigger from public.webhook_logs
     where webhook_type = $1`,
    [trigger],
  );
  expect(kept).toEqual([{ status: 'success', action: 'ignored', trigger }]);
});
