import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import { sendDue } from '../support/send-due.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const TUESDAY_10 = '2026-11-24 10:00+01';
const MONDAY_17 = '2026-11-23 17:00+01';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
});
afterEach(closeSessions);
afterAll(() => database.drop());

/** Creates 100 more clients, each with three appointments on Tuesday. */
async function fillTuesday(): Promise<void> {
  await database.query(
    `with client as (
       insert into clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       select $1, 'Klient ' || n, 'Nowak', '+48600' || lpad(n::text, 6, '0'), true
       from generate_series(1, 100) as n
       returning id
     )
     insert into calendar_events
       (cal_com_event_id, salon_id, client_id, title, start_time, end_time, created_at,
        last_event_at)
     select gen_random_uuid(), $1, c.id, 'Strzyżenie', start, start + interval '1 hour',
       '2026-01-01', '2026-01-01'
     from client c, unnest(array[9, 12, 15]) as hour,
       lateral (select '2026-11-24 00:00+01'::timestamptz + make_interval(hours => hour)) t (start)`,
    [salon.id],
  );
}

/** Counts messages and their appointments, and those of either without the other. */
async function counts() {
  const [row] = await database.query(
    `select (select count(*)::integer from sms_messages) as messages,
       (select count(*)::integer from sms_message_events) as appointments,
       (select count(*)::integer from sms_messages m
        where not exists (select from sms_message_events k where k.message_id = m.id)) as orphans,
       (select count(*)::integer from calendar_events e
        where not exists (select from sms_message_events k where k.event_id = e.id)) as unplanned`,
  );
  return row;
}

/** A session that has planned and keeps its transaction open. */
async function openPlanner() {
  const session = await openSession(database, 'service_role');
  await session.query('select public.sms_plan(p_now => $1)', [MONDAY_17]);
  return session;
}

it('planning again plans nothing new', async () => {
  await fillTuesday();
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 100 });
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 0 });
  expect(await plan(database, '2026-11-23 19:00+01')).toMatchObject({ planned: 0 });
  expect(await counts()).toEqual({ messages: 100, appointments: 300, orphans: 0, unplanned: 0 });
});

it('six concurrent planners plan every appointment once', async () => {
  await fillTuesday();
  const answers = await Promise.all(Array.from({ length: 6 }, () => plan(database, MONDAY_17)));
  expect(answers.reduce((total, { planned }) => total + planned, 0)).toBe(100);
  expect(await counts()).toEqual({ messages: 100, appointments: 300, orphans: 0, unplanned: 0 });
});

it('a planner passes over the salons of one that is already running, and says so', async () => {
  await createAppointment(database, salon.id, { client: anna, start: TUESDAY_10 });
  const slow = await openPlanner();
  expect(await plan(database, MONDAY_17)).toEqual({ planned: 0, skipped: 0, broken: 1 });
  await slow.commit();
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 0 });
  expect(await messages(database)).toMatchObject([{ client: 'Anna', status: 'pending' }]);
});

it('the work of a crashed planner is done by the next one', async () => {
  await createAppointment(database, salon.id, { client: anna, start: TUESDAY_10 });
  const crashing = await openPlanner();
  await crashing.crash();
  await expect.poll(() => plan(database, MONDAY_17)).toMatchObject({ planned: 1 });
});

it('a running planner does not block a delivery about its appointments', async () => {
  const appointmentId = await createAppointment(database, salon.id, {
    client: anna,
    start: TUESDAY_10,
  });
  const planner = await openPlanner();
  await database.query(
    `set lock_timeout = '2s';
     select from public.calendar_events where id = '${appointmentId}' for update;
     reset lock_timeout`,
  );
  await planner.commit();
  expect(await messages(database)).toHaveLength(1);
});

it('a time that was planned, sent or given up is not planned again', async () => {
  await createAppointment(database, salon.id, { client: anna, start: TUESDAY_10 });
  await plan(database, MONDAY_17);
  await sendDue(database, MONDAY_17);
  const statuses = ['sent', 'delivered', 'undelivered', 'failed', 'dead', 'unknown'];
  for (const status of statuses) {
    await database.query('update sms_messages set status = $1', [status]);
    expect(await plan(database, MONDAY_17), status).toMatchObject({ planned: 0, skipped: 0 });
  }
});
