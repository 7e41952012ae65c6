import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('tomorrow', () => {
  const book = async (start: string, change = 'pet_id = null') => {
    const id = await createAppointment(database, salon.id, { start });
    await database.query(`update calendar_events set ${change} where id = $1`, [id]);
    return id;
  };
  const isShown = async (id: string, now = monday('17:00')) =>
    await database.as('service_role', null, async (client) => {
      await client.query(`set local barkbook.app_now = '${now}'`);
      const { rows } = await client.query(
        'select client_name, pet_name from public.tomorrows_appointments where event_id = $1',
        [id],
      );
      return rows;
    });

  it('shows an appointment without a client and a pet', async () => {
    expect(await isShown(await book(tuesday('09:00')))).toEqual([
      { client_name: null, pet_name: null },
    ]);
  });

  it.each([
    ['scheduled', 1],
    ['confirmed', 1],
    ['pending', 0],
    ['completed', 0],
    ['cancelled', 0],
    ['no_show', 0],
  ])('shows what will take place: of the status %s, %i', async (status, shown) => {
    const id = await book(tuesday('09:00'), `status = '${status}'`);
    expect(await isShown(id)).toHaveLength(shown);
  });

  it.each([
    ['the last minute of today', '2026-11-23 23:59+01', 0],
    ['the first minute of tomorrow', '2026-11-24 00:00+01', 1],
    ['the last minute of tomorrow', '2026-11-24 23:59+01', 1],
    ['the first minute of the day after', '2026-11-25 00:00+01', 0],
  ])('is the next day of the salon: of %s, %s, it shows %i', async (_what, start, shown) => {
    const id = await book(start);
    for (const now of [monday('00:00'), monday('17:00'), monday('23:59')]) {
      expect(await isShown(id, now)).toHaveLength(shown);
    }
  });

  it('has 25 hours when the clocks go back', async () => {
    expect(await isShown(await book('2026-10-25 23:59+01'), '2026-10-24 00:00+02'))
      .toHaveLength(1);
  });
});

it('access without a user is denied', async () => {
  await expect(tomorrow('anon', null)).rejects.toThrow(/^permission denied for view/);
});
