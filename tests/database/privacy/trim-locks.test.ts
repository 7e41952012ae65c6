import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { sendLink } from '../support/client-link.ts';
import { forgetReminders } from '../support/reminders.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  const { salon, anna, appointmentIds: [eventId] } = await sendLink(database);
  await database.query(`update public.sms_messages set not_after = now() - interval '1 year'`);
  await database.query(
    `insert into public.sms_inbox (salon_id, client_id, phone, body, received_at)
     values ($1, $2, '+48600100200', 'Tak', now() - interval '1 year')`,
    [salon.id, anna.id],
  );
  await database.query(
    `insert into public.salon_activity (salon_id, event_id, client_id, action, created_at)
     values ($1, $2, $3, 'client_coming', now() - interval '1 year')`,
    [salon.id, eventId, anna.id],
  );
});
afterEach(closeSessions);
afterAll(() => database.drop());

describe('the retention leaves for the next day what somebody is writing', () => {
  it.each<[trim: string, table: string, isTrimmed: string | null]>([
    ['trim_messages', 'sms_messages', 'phone is null'],
    ['trim_messages', 'sms_inbox', null],
    ['trim_activity', 'salon_activity', null],
  ])('%s: %s', async (trim, table, isTrimmed) => {
    const left = async () =>
      (await database.query(
        `select from public.${table} where not coalesce(${isTrimmed}, false)`,
      )).length;
    const erasing = await openSession(database);
    await erasing.query(`select from public.${table} for update`);
    const run = async () => {
      const job = await openSession(database);
      await job.query(`set local lock_timeout = '1s'`);
      await job.query(`select private.${trim}()`);
      await job.commit();
    };
    await run();
    expect(await left()).toBe(1);
    await erasing.commit();
    await run();
    expect(await left()).toBe(0);
  });
});
