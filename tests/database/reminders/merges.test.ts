import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/booking.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import { begin, claim } from '../support/outbox.ts';
import { sendDue } from '../support/send-due.ts';

const AT_10 = '2026-11-24 10:00+01';
const MONDAY_17 = '2026-11-23 17:00+01';
const LATER = '2026-11-23 19:00+01';
const MERGE = 'select private.merge_appointments($1, $2)';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database, { group_same_day: false });
  anna = await createRemindedClient(database, salon.id);
});
afterAll(() => database.drop());

/** How far the reminder of a row had come when the two turned out to be one appointment. */
type Stage = 'unplanned' | 'pending' | 'sent';

/** Two rows of one appointment, whose reminders have come that far. */
async function twoRows(first: Stage, second: Stage): Promise<[string, string]> {
  const rows: Record<number, string> = {};
  const reach = async (stage: Stage) => {
    for (const [index, wanted] of [first, second].entries()) {
      if (wanted !== stage) continue;
      rows[index] = await createAppointment(database, salon.id, { client: anna, start: AT_10 });
    }
    if (stage !== 'unplanned') await plan(database, MONDAY_17);
    if (stage === 'sent') await sendDue(database, MONDAY_17);
  };
  for (const stage of ['sent', 'pending', 'unplanned'] as const) await reach(stage);
  return [rows[0] ?? '', rows[1] ?? ''];
}

const merge = (kept: string, merged: string[]) =>
  database.as('service_role', null, (client) => client.query(MERGE, [kept, merged]));
const sent = async () => (await messages(database)).filter(({ status }) => status === 'sent');
/** Lets the job run until it has nothing left to do. */
const settleDown = async () => {
  for (let tick = 0; tick < 3; tick++) {
    await plan(database, LATER);
    await sendDue(database, LATER);
  }
};

it.each<[Stage, Stage]>([
  ['unplanned', 'unplanned'],
  ['unplanned', 'pending'],
  ['unplanned', 'sent'],
  ['pending', 'unplanned'],
  ['pending', 'pending'],
  ['pending', 'sent'],
  ['sent', 'unplanned'],
  ['sent', 'pending'],
])('a row whose reminder is %s takes in one whose is %s: one SMS', async (first, second) => {
  const [kept, merged] = await twoRows(first, second);
  await merge(kept, [merged]);
  await settleDown();
  expect(await sent()).toHaveLength(1);
});

it('a reminder that was sent for the row that goes keeps the other from being planned', async () => {
  const [kept, merged] = await twoRows('unplanned', 'sent');
  await merge(kept, [merged]);
  expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 0 });
  expect(await messages(database)).toMatchObject([{
    status: 'sent',
    appointments: ['11-24 10:00'],
  }]);
});

it('a row that takes in another stays in the SMS it shares with a second pet', async () => {
  await database.query('update sms_settings set group_same_day = true');
  const [kept] = await twoRows('pending', 'pending');
  const merged = await createAppointment(database, salon.id, { client: anna, start: AT_10 });
  await plan(database, MONDAY_17);
  await merge(kept, [merged]);
  await settleDown();
  expect(await sent()).toMatchObject([{ appointments: ['11-24 10:00', '11-24 10:00'] }]);
});

it('of several rows that go, the one that was reminded of counts', async () => {
  const waiting = await createAppointment(database, salon.id, { client: anna, start: AT_10 });
  await plan(database, MONDAY_17);
  await database.query('update sms_messages set next_attempt_at = $1', [LATER]);
  const [kept, reminded] = await twoRows('unplanned', 'sent');
  await merge(kept, [waiting, reminded]);
  await settleDown();
  expect(await sent()).toHaveLength(1);
});

it('a planner at work is waited for, so that what it plans is carried over', async () => {
  const [kept, merged] = await twoRows('sent', 'unplanned');
  await database.query(`update calendar_events set start_time = $2 where id = $1`, [
    merged,
    '2026-11-24 09:30+01',
  ]);
  const planner = new pg.Client({ connectionString: database.url });
  await planner.connect();
  await planner.query('begin');
  await planner.query('set local role service_role');
  await planner.query('select public.sms_plan(p_now => $1)', [LATER]);
  const merging = merge(kept, [merged]);
  await expect.poll(async () => {
    const waiting = await database.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query = $1
         and datname = current_database()`,
      [MERGE],
    );
    return waiting.length;
  }).toBe(1);
  await planner.query('commit');
  await planner.end();
  await merging;
  expect(await messages(database)).toMatchObject([
    { status: 'pending', appointments: ['11-24 09:30'] },
    { status: 'sent', appointments: ['11-24 10:00'] },
  ]);
});

it('a message that was refused does not take the place of one that waits', async () => {
  const [kept, refused] = await twoRows('pending', 'pending');
  await database.query(
    `update sms_messages m set status = 'failed'
     from sms_message_events c where c.message_id = m.id and c.event_id = $1`,
    [refused],
  );
  await merge(kept, [refused]);
  await settleDown();
  expect(await sent()).toHaveLength(1);
});

it('a message in the hands of a run gives way to one that was sent', async () => {
  const [kept, reminded] = await twoRows('pending', 'sent');
  const [claimed] = await claim(database, MONDAY_17);
  await merge(kept, [reminded]);
  expect(claimed && await begin(database, claimed, MONDAY_17)).toBe('event_gone');
  expect(await sent()).toHaveLength(1);
});

it('a planner that begins while rows are merged leaves the planning to the next', async () => {
  const [kept, reminded] = await twoRows('unplanned', 'sent');
  await database.as('service_role', null, async (client) => {
    await client.query(MERGE, [kept, [reminded]]);
    expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });
  await settleDown();
  expect(await sent()).toHaveLength(1);
});
