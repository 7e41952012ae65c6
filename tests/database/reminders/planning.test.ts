import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';

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
afterAll(() => database.drop());

const appointment = (start: string, status: string | null = 'scheduled') =>
  createAppointment(database, salon.id, { client: anna, pet: 'Reksio', start, status });

it('an appointment of the next day is planned at the time that the salon chose', async () => {
  await appointment(TUESDAY_10);
  expect(await plan(database, '2026-11-23 16:59:59+01')).toEqual({
    planned: 0,
    skipped: 0,
    broken: 0,
  });
  expect(await plan(database, MONDAY_17)).toEqual({ planned: 1, skipped: 0, broken: 0 });
  expect(await messages(database)).toMatchObject([{
    client: 'Anna',
    status: 'pending',
    reason: null,
    appointments: ['11-24 10:00 Reksio'],
    sendAt: '11-23 17:00',
    notAfter: '11-24 08:00',
  }]);
});

it('a planned message has no text yet and no normalized number', async () => {
  await appointment(TUESDAY_10);
  await plan(database, MONDAY_17);
  const [message] = await database.query(
    `select kind, to_char(local_date, 'YYYY-MM-DD') as day, phone_number, phone, body, provider,
       attempts, final_at
     from sms_messages`,
  );
  expect(message).toEqual({
    kind: 'reminder',
    day: '2026-11-24',
    phone_number: '600 100 200',
    phone: null,
    body: null,
    provider: null,
    attempts: 0,
    final_at: null,
  });
});

it.each([
  ['scheduled', 1],
  ['confirmed', 1],
  ['pending', 0],
  ['completed', 0],
  ['cancelled', 0],
  ['no_show', 0],
  [null, 0],
])('an appointment with the status %s gets %i reminders', async (status, reminders) => {
  await appointment(TUESDAY_10, status);
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: reminders, skipped: 0 });
});

it('after midnight, the following day is planned at the chosen time again', async () => {
  await appointment('2026-11-24 23:59+01');
  await appointment('2026-11-25 00:00+01');
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([{ appointments: ['11-24 23:59 Reksio'] }]);
  await plan(database, '2026-11-24 16:59+01');
  expect(await messages(database)).toHaveLength(1);
  await plan(database, '2026-11-24 17:00+01');
  expect(await messages(database)).toMatchObject([
    { appointments: ['11-24 23:59 Reksio'] },
    { appointments: ['11-25 00:00 Reksio'] },
  ]);
});

it('an appointment that has begun is not planned', async () => {
  await appointment(TUESDAY_10);
  expect(await plan(database, TUESDAY_10)).toMatchObject({ planned: 0, skipped: 0 });
});

it('nothing is planned for a salon without reminders', async () => {
  await appointment(TUESDAY_10);
  await changeSettings(database, salon.id, { enabled: false });
  expect(await plan(database, MONDAY_17)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  await database.query('delete from sms_settings');
  expect(await plan(database, MONDAY_17)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  expect(await messages(database)).toEqual([]);
});

it('switching reminders on late still plans the next day', async () => {
  await appointment(TUESDAY_10);
  await changeSettings(database, salon.id, { enabled: false });
  await plan(database, MONDAY_17);
  await changeSettings(database, salon.id, { enabled: true });
  expect(await plan(database, '2026-11-23 19:00+01')).toMatchObject({ planned: 1 });
});

it('every salon is planned at its own time', async () => {
  const early = await createRemindingSalon(database, { name: 'Ranny', send_at_local: '09:00' });
  const jan = await createRemindedClient(database, early.id, { name: 'Jan' });
  await createAppointment(database, early.id, { client: jan, pet: 'Reksio', start: TUESDAY_10 });
  await appointment(TUESDAY_10);
  await plan(database, '2026-11-23 09:00+01');
  expect(await messages(database)).toMatchObject([{ client: 'Jan', salon: 'Ranny' }]);
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([{ client: 'Anna' }, { client: 'Jan' }]);
});

it('a call resumes after the salon where the previous one stopped', async () => {
  await appointment(TUESDAY_10);
  const other = await createRemindingSalon(database, { name: 'Inny' });
  const jan = await createRemindedClient(database, other.id, { name: 'Jan' });
  await createAppointment(database, other.id, { client: jan, start: TUESDAY_10 });
  const [first = '', second = ''] = [salon.id, other.id].sort();
  expect(await plan(database, MONDAY_17, second)).toMatchObject({ planned: 0 });
  expect(await plan(database, MONDAY_17, first)).toMatchObject({ planned: 1 });
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 1 });
});

it('a call that has planned every salon returns no next salon', async () => {
  await appointment(TUESDAY_10);
  const rows = await database.as('service_role', null, async (client) => {
    const answer = await client.query('select next_after from public.sms_plan(p_now => $1)', [
      MONDAY_17,
    ]);
    return answer.rows;
  });
  expect(rows).toEqual([{ next_after: null }]);
});

it('salons without a coming appointment take no place in a call', async () => {
  await database.query('delete from salons');
  await database.query(
    `with salon as (
       insert into salons (id, user_id, name)
       select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'Pusty'
       from generate_series(1, 250) as n
       returning id
     )
     insert into sms_settings (salon_id, enabled) select id, true from salon`,
    [salon.ownerId],
  );
  const busy = await createRemindingSalon(database);
  const client = await createRemindedClient(database, busy.id);
  await createAppointment(database, busy.id, { client, start: TUESDAY_10 });
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 1 });
});
