import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { cancelAppointment, plan } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAt } from '../support/app-clock.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
  scene = await planReminder(database, {
    appointments: [{ start: tuesday('11:00'), pet: 'Reksio' }, {
      start: tuesday('13:30'),
      pet: 'Burek',
    }],
  });
});
afterAll(() => database.drop());

const entry = async () => {
  const [row] = await readAt(
    database,
    scene.salon,
    monday('17:05'),
    `select l.*, local_date::text as day from public.reminder_log l where message_id =
       '${scene.messageId}'`,
  );
  return row;
};
const appointmentsOf = async (planned: Scene) =>
  (await readAt<{ appointments: unknown }>(
    database,
    planned.salon,
    monday('17:05'),
    `select appointments from public.reminder_log where message_id = '${planned.messageId}'`,
  )).map(({ appointments }) => appointments);
const set = (assignments: string) =>
  database.query(`update public.sms_messages set ${assignments} where id = $1`, [scene.messageId]);

it('a planned reminder is upcoming and has the local times of its appointments', async () => {
  expect(await entry()).toMatchObject({
    outcome: 'upcoming',
    status: 'pending',
    client_id: scene.anna.id,
    phone_number: '600 100 200',
    day: '2026-11-24',
    local_send_at: '2026-11-23 17:00',
    appointments: [
      { event_id: scene.appointmentIds[0], local_start: '11:00', pet_name: 'Reksio' },
      { event_id: scene.appointmentIds[1], local_start: '13:30', pet_name: 'Burek' },
    ],
  });
});

it.each([
  ['pending', 'upcoming'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['dead', 'failed'],
  ['expired', 'failed'],
  ['skipped', 'skipped'],
  ['cancelled', 'cancelled'],
  ['unknown', 'unknown'],
])('a message with the status %s is shown as %s', async (status, outcome) => {
  await set(`status = '${status}'`);
  expect(await entry()).toMatchObject({ status, outcome });
});

it('a message that is being sent is upcoming', async () => {
  await set(`status = 'leased', lease_token = gen_random_uuid(), lease_until = now()`);
  expect(await entry()).toMatchObject({ status: 'leased', outcome: 'upcoming' });
  await set(`status = 'pending', lease_token = null, lease_until = null`);
});

it('each message has its own appointments, those of one time in a steady order', async () => {
  const other = await planReminder(database, {
    appointments: [{ start: tuesday('09:00'), pet: 'Reksio' }, {
      start: tuesday('09:00'),
      pet: 'Burek',
    }],
  });
  const [shown] = await appointmentsOf(other);
  expect(shown).toMatchObject(
    other.appointmentIds.toSorted().map((id) => ({ event_id: id, local_start: '09:00' })),
  );
  expect(await appointmentsOf(scene)).toMatchObject([[{ pet_name: 'Reksio' }, {
    pet_name: 'Burek',
  }]]);
});

it('an appointment without a pet is shown', async () => {
  const other = await planReminder(database);
  await database.query('update public.calendar_events set pet_id = null where id = $1', [
    other.appointmentIds[0],
  ]);
  expect(await appointmentsOf(other)).toMatchObject([[{
    event_id: other.appointmentIds[0],
    pet_name: null,
  }]]);
});

it('a failed message has its reason', async () => {
  await set(`status = 'failed', reason = 'not_mobile', error_code = '13'`);
  expect(await entry()).toMatchObject({
    outcome: 'failed',
    reason: 'not_mobile',
    error_code: '13',
  });
});

it('a sent message has its local time', async () => {
  await set(`status = 'sent', sent_at = '${monday('17:03')}'`);
  expect(await entry()).toMatchObject({ local_send_at: '2026-11-23 17:03' });
});

it('a message is kept without its appointments when they are deleted', async () => {
  await database.query('delete from public.calendar_events');
  expect(await entry()).toMatchObject({ appointments: [] });
});

it('a planned reminder is no longer among the upcoming ones', async () => {
  const other = await planReminder(database);
  const upcoming = () =>
    readAt(database, other.salon, monday('17:05'), 'select * from public.upcoming_reminders');
  expect(await upcoming()).toEqual([]);
  await cancelAppointment(database, other.appointmentIds[0] ?? '');
  await plan(database, monday('17:06'));
  expect(await upcoming()).toEqual([]);
});
