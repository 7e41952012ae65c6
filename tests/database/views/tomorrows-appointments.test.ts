import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiRole, createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createRemindingSalon(database);
  other = await createRemindingSalon(database, { name: 'Inny salon', timezone: 'Europe/London' });
  for (const { id } of [salon, other]) {
    const client = await createRemindedClient(database, id, { name: 'Dorota' });
    await createAppointment(database, id, { client, pet: 'Reksio', start: tuesday('13:15') });
  }
});
afterAll(() => database.drop());

async function tomorrow(role: ApiRole, userId: string | null) {
  return await database.as(role, userId, async (client) => {
    await client.query(`set local barkbook.app_now = '${monday('17:00')}'`);
    const { rows } = await client.query(
      `select salon_name, client_name, pet_name, local_time from public.tomorrows_appointments
       order by salon_name`,
    );
    return rows;
  });
}

const ours = {
  salon_name: 'Psia Łapa',
  client_name: 'Dorota',
  pet_name: 'Reksio',
  local_time: '13:15',
};
const theirs = { ...ours, salon_name: 'Inny salon', local_time: '12:15' };

it('a salon sees only its own appointments of tomorrow', async () => {
  expect(await tomorrow('authenticated', salon.ownerId)).toEqual([ours]);
  expect(await tomorrow('authenticated', other.ownerId)).toEqual([theirs]);
});

it('service_role sees all appointments of tomorrow', async () => {
  expect(await tomorrow('service_role', null)).toEqual([theirs, ours]);
});

it('access without a user is denied', async () => {
  await expect(tomorrow('anon', null)).rejects.toThrow(/^permission denied for view/);
});
