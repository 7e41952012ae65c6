import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';

const MONDAY_17 = '2026-11-23 17:00+01';

let database: TestDatabase;
let salon: TestSalon;
let stranger: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createRemindingSalon(database);
  const other = await createRemindingSalon(database, { name: 'Inny salon' });
  stranger = await createRemindedClient(database, other.id, { name: 'Obca', pets: ['Obcy'] });
  // The job sees only clients with a future appointment.
  await createAppointment(database, other.id, { client: stranger, start: '2026-11-26 10:00+01' });
});
afterAll(() => database.drop());

const bookStranger = () =>
  createAppointment(database, salon.id, {
    client: stranger,
    pet: 'Obcy',
    start: '2026-11-24 10:00+01',
  });

it('an appointment cannot name a client of another salon', async () => {
  await expect(bookStranger()).rejects.toMatchObject({
    constraint: 'calendar_events_client_id_fkey',
  });
});

it('even if one did, neither name nor number would reach the other salon', async () => {
  await database.query(
    `alter table calendar_events drop constraint calendar_events_client_id_fkey,
       drop constraint calendar_events_pet_id_fkey`,
  );
  await bookStranger();
  const preview = await database.as(
    'service_role',
    null,
    (client) => client.query('select * from sms_preview(p_now => $1)', [MONDAY_17]),
  );
  expect(preview.rows).toMatchObject([
    { salon_id: salon.id, client_name: null, phone: null, skip_reason: 'no_client' },
  ]);
  expect(JSON.stringify(preview.rows)).not.toMatch(/Obc|600 ?100/);
  await plan(database, MONDAY_17);
  expect(
    await database.query('select salon_id, client_id, phone_number, reason from sms_messages'),
  ).toEqual([{ salon_id: salon.id, client_id: null, phone_number: null, reason: 'no_client' }]);
});
