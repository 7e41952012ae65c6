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
import { beginDispatch, claim } from '../support/outbox.ts';
import { sendDue } from '../support/send-due.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

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
afterEach(closeSessions);
afterAll(() => database.drop());

/** How far the reminder of an appointment was when it was merged. */
type Stage = 'unplanned' | 'pending' | 'sent';

/** Two appointments for one booking, with their reminders at these stages. */
async function createPair(first: Stage, second: Stage): Promise<[string, string]> {
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
/** Runs the job until nothing is left to do. */
const runUntilIdle = async () => {
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
])(
  'merging an appointment whose reminder is %s with one whose is %s leaves one message',
  async (first, second) => {
    const [kept, merged] = await createPair(first, second);
    await merge(kept, [merged]);
    await runUntilIdle();
    expect(await sent()).toHaveLength(1);
  },
);

it('a reminder sent for the merged appointment prevents another one', async () => {
  const [kept, merged] = await createPair('unplanned', 'sent');
  await merge(kept, [merged]);
  expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 0 });
  expect(await messages(database)).toMatchObject([{
    status: 'sent',
    appointments: ['11-24 10:00'],
  }]);
});

it('a merged appointment stays in the message that it shares with a second pet', async () => {
  await database.query('update sms_settings set group_same_day = true');
  const [kept] = await createPair('pending', 'pending');
  const merged = await createAppointment(database, salon.id, { client: anna, start: AT_10 });
  await plan(database, MONDAY_17);
  await merge(kept, [merged]);
  await runUntilIdle();
  expect(await sent()).toMatchObject([{ appointments: ['11-24 10:00', '11-24 10:00'] }]);
});

it('a reminder sent for one of several merged appointments counts', async () => {
  const pending = await createAppointment(database, salon.id, { client: anna, start: AT_10 });
  await plan(database, MONDAY_17);
  await database.query('update sms_messages set next_attempt_at = $1', [LATER]);
  const [kept, reminded] = await createPair('unplanned', 'sent');
  await merge(kept, [pending, reminded]);
  await runUntilIdle();
  expect(await sent()).toHaveLength(1);
});

it('a merge waits for a running planner and keeps what it planned', async () => {
  const [kept, merged] = await createPair('sent', 'unplanned');
  await database.query(`update calendar_events set start_time = $2 where id = $1`, [
    merged,
    '2026-11-24 09:30+01',
  ]);
  const planner = await openSession(database, 'service_role');
  const webhook = await openSession(database, 'service_role');
  await planner.query('select public.sms_plan(p_now => $1)', [LATER]);
  const merging = webhook.query(MERGE, [kept, [merged]]);
  await webhook.isBlocked();
  await planner.commit();
  await merging;
  await webhook.commit();
  expect(await messages(database)).toMatchObject([
    { status: 'pending', appointments: ['11-24 09:30'] },
    { status: 'sent', appointments: ['11-24 10:00'] },
  ]);
});

it('a refused message does not replace a pending one', async () => {
  const [kept, refused] = await createPair('pending', 'pending');
  await database.query(
    `update sms_messages m set status = 'failed'
     from sms_message_events c where c.message_id = m.id and c.event_id = $1`,
    [refused],
  );
  await merge(kept, [refused]);
  await runUntilIdle();
  expect(await sent()).toHaveLength(1);
});

it('a sent message replaces a claimed one', async () => {
  const [kept, reminded] = await createPair('pending', 'sent');
  const [claimed] = await claim(database, MONDAY_17);
  await merge(kept, [reminded]);
  expect(claimed && await beginDispatch(database, claimed, MONDAY_17)).toBe('event_gone');
  expect(await sent()).toHaveLength(1);
});

it('a planner that starts during a merge leaves the planning to the next', async () => {
  const [kept, reminded] = await createPair('unplanned', 'sent');
  await database.as('service_role', null, async (client) => {
    await client.query(MERGE, [kept, [reminded]]);
    expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 1 });
  });
  await runUntilIdle();
  expect(await sent()).toHaveLength(1);
});

/** Asks for a reminder in a session of its own. */
async function askFor(call: string, appointmentId: string) {
  const asking = await openSession(database);
  await asking.query(
    `select set_config('request.jwt.claims', $1, true), set_config('barkbook.app_now', $2, true)`,
    [JSON.stringify({ sub: salon.ownerId }), MONDAY_17],
  );
  await asking.query('set local role authenticated');
  const answer = asking.query(`select public.${call}($1)`, [appointmentId])
    .catch(({ code }: { code: string }) => code);
  await asking.isBlocked();
  return { answer, end: asking.crash };
}

it.each(['send_reminder_now', 'skip_reminder'])(
  'a merge does not wait for a member who calls %s, who waits for it',
  async (call) => {
    const [kept, merged] = await createPair('unplanned', 'unplanned');
    const merging = await openSession(database);
    await merging.query('select from calendar_events order by id for update');
    const { answer, end } = await askFor(call, kept);
    await merging.query(MERGE, [kept, [merged]]);
    await merging.commit();
    expect(await answer).toMatchObject({ rowCount: 1 });
    await end();
  },
);

it.each(['send_reminder_now', 'skip_reminder'])(
  'an erasure does not wait for a member who calls %s, who waits for it',
  async (call) => {
    const [, appointmentId] = await createPair('pending', 'pending');
    const erasing = await openSession(database);
    await erasing.query('select private.lock_salon($1)', [salon.id]);
    await erasing.query('select from clients where id = $1 for update', [anna.id]);
    const { answer, end } = await askFor(call, appointmentId);
    await erasing.query('delete from clients where id = $1', [anna.id]);
    await erasing.commit();
    expect(await answer).not.toBe('40P01');
    await end();
  },
);
