import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createAppointment } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

// How the hourly job takes what it completes.
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => database.query('delete from public.calendar_events'));
afterEach(closeSessions);
afterAll(() => database.drop());

/** An appointment that was known here before it took place; its id. */
async function past(start: string): Promise<string> {
  const id = await createAppointment(database, salon.id, { start });
  await database.query(
    `update public.calendar_event_uids set created_at = '2026-01-01' where event_id = $1`,
    [id],
  );
  return id;
}
const completed = async () =>
  (await database.query<{ id: string }>(
    `select id from public.calendar_events where status = 'completed'`,
  )).map(({ id }) => id);

it('one batch at a time, the oldest first', async () => {
  await past('2026-02-02 09:00Z');
  const older = await past('2026-02-01 09:00Z');
  await past('2026-02-03 09:00Z');
  await database.query('select private.complete_past_appointments(batch => 1)');
  expect(await completed()).toEqual([older]);
});

it('without waiting for an appointment that a delivery is changing', async () => {
  const changing = await past('2026-02-01 09:00Z');
  const other = await past('2026-02-02 09:00Z');
  const delivery = await openSession(database);
  await delivery.query('select from public.calendar_events where id = $1 for update', [changing]);
  const job = await openSession(database);
  await job.query(`set local lock_timeout = '3s'`);
  await job.query('select private.complete_past_appointments()');
  await job.commit();
  expect(await completed()).toEqual([other]);
});
