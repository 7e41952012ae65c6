import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

// A message that was not sent yet takes in appointments of its day that are booked later.
let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
});
afterEach(closeSessions);
afterAll(() => database.drop());

const book = (pet: string, start: string, created: string, client = anna) =>
  createAppointment(database, salon.id, { client, pet, start, created });

it('two pets booked during the quiet hours share one message in the morning', async () => {
  await book('Reksio', tuesday('12:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await book('Burek', tuesday('13:00'), monday('21:30'));
  await plan(database, monday('21:40'));
  expect(await sendDue(database, tuesday('08:00'))).toEqual(['go']);
  expect(await messages(database)).toMatchObject([
    { status: 'sent', appointments: ['11-24 12:00 Reksio', '11-24 13:00 Burek'] },
  ]);
});

it('an appointment booked just before the quiet hours end joins without waiting', async () => {
  await book('Reksio', tuesday('12:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await book('Burek', tuesday('13:00'), monday('23:58'));
  await plan(database, monday('23:59'));
  expect(await sendDue(database, tuesday('08:00'))).toEqual(['go']);
  expect(await messages(database)).toMatchObject([
    { appointments: ['11-24 12:00 Reksio', '11-24 13:00 Burek'] },
  ]);
});

it('a message that takes in an earlier appointment has its deadline', async () => {
  await book('Reksio', tuesday('14:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await book('Burek', tuesday('11:00'), monday('21:30'));
  expect(await plan(database, monday('21:40'))).toEqual({ planned: 0, skipped: 0, broken: 0 });
  expect(await messages(database)).toMatchObject([{
    sendAt: '11-24 08:00',
    notAfter: '11-24 09:00',
  }]);
});

it('an appointment that would be too late does not join', async () => {
  await book('Reksio', tuesday('14:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await book('Burek', tuesday('09:00'), monday('21:30'));
  await plan(database, monday('21:40'));
  expect(await messages(database)).toMatchObject([
    { status: 'skipped', reason: 'no_window', appointments: ['11-24 09:00 Burek'] },
    { status: 'pending', notAfter: '11-24 12:00', appointments: ['11-24 14:00 Reksio'] },
  ]);
});

it('an appointment that moves within the day stays in the message it shares', async () => {
  await book('Reksio', tuesday('12:00'), monday('21:00'));
  const moved = await book('Burek', tuesday('13:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await moveAppointment(database, moved, tuesday('15:00'), monday('21:20'));
  await plan(database, monday('21:30'));
  expect(await sendDue(database, tuesday('08:00'))).toEqual(['needs_rerender']);
  expect(await sendDue(database, tuesday('08:00'))).toEqual(['go']);
  expect(await messages(database)).toMatchObject([
    { status: 'sent', appointments: ['11-24 12:00 Reksio', '11-24 15:00 Burek'] },
  ]);
});

it('each client, day and salon that does not group keeps messages of its own', async () => {
  const jan = await createRemindedClient(database, salon.id, { name: 'Jan' });
  await book('Reksio', tuesday('12:00'), monday('21:00'));
  await plan(database, monday('21:10'));
  await book('Reksio', tuesday('13:00'), monday('21:30'), jan);
  await plan(database, monday('21:40'));
  await changeSettings(database, salon.id, { group_same_day: false });
  await book('Burek', tuesday('14:00'), monday('21:30'));
  await plan(database, monday('21:45'));
  expect(await messages(database)).toMatchObject([
    { client: 'Anna', appointments: ['11-24 12:00 Reksio'] },
    { client: 'Jan', appointments: ['11-24 13:00 Reksio'] },
    { client: 'Anna', appointments: ['11-24 14:00 Burek'] },
  ]);
});

it('a message that a run is claiming takes nothing in any more', async () => {
  await book('Reksio', tuesday('12:00'), monday('12:00'));
  await plan(database, monday('17:00'));
  await book('Burek', tuesday('13:00'), monday('16:59'));
  const run = await openSession(database, 'service_role');
  await run.query(`select from public.sms_claim('smsapi', p_now => $1)`, [monday('17:09')]);
  expect(await plan(database, monday('17:09'))).toMatchObject({ planned: 1 });
  await run.commit();
  expect(await messages(database)).toMatchObject([
    { status: 'leased', appointments: ['11-24 12:00 Reksio'] },
    { status: 'pending', appointments: ['11-24 13:00 Burek'] },
  ]);
});

it('a message that may have been sent takes nothing in', async () => {
  await book('Reksio', tuesday('12:00'), monday('12:00'));
  await plan(database, monday('17:00'));
  await database.query('update sms_messages set maybe_sent_since = $1', [monday('17:00')]);
  await book('Burek', tuesday('13:00'), monday('17:00'));
  expect(await plan(database, monday('17:10'))).toMatchObject({ planned: 1 });
});
