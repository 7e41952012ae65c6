import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { createAppointment } from '../support/reminders.ts';
import { readAt } from '../support/app-clock.ts';

const NOW = '2026-11-24 12:00Z';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.salons');
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const appointments = async (status: string, ...starts: string[]) => {
  for (const start of starts) await createAppointment(database, salon.id, { start, status });
};

/** Days as `11-24 appointments completed cancelled no-shows`. */
const days = async (where = 'true', moment = NOW) => {
  const rows = await readAt<{ day: string }>(
    database,
    salon,
    moment,
    `select concat_ws(' ', to_char(local_date, 'MM-DD'), appointments, completed, cancelled, no_shows)
       as day
     from public.appointment_daily_stats where ${where} order by local_date`,
  );
  return rows.map(({ day }) => day);
};

it('each day has the number of its appointments by status', async () => {
  await appointments('completed', '2026-11-23 08:00Z', '2026-11-23 09:00Z');
  await appointments('scheduled', '2026-11-23 10:00Z', '2026-11-24 15:00Z');
  await appointments('cancelled', '2026-11-23 11:00Z');
  await appointments('no_show', '2026-11-23 12:00Z');
  await appointments('pending', '2026-11-23 13:00Z');
  expect(await days()).toEqual(['11-23 3 3 1 1', '11-24 1 0 0 0']);
});

it('a confirmed appointment counts like a scheduled one', async () => {
  await appointments('confirmed', '2026-11-23 08:00Z', '2026-11-24 15:00Z');
  expect(await days()).toEqual(['11-23 1 1 0 0', '11-24 1 0 0 0']);
});

it('a day without appointments is included', async () => {
  await appointments('completed', '2026-11-20 08:00Z', '2026-11-22 08:00Z');
  expect(await days()).toEqual(['11-20 1 1 0 0', '11-21 0 0 0 0', '11-22 1 1 0 0']);
});

it('an appointment counts on its local day, also when the clocks change', async () => {
  await appointments('completed', '2026-10-24 21:59Z', '2026-10-24 22:00Z');
  await appointments('completed', '2026-10-25 22:59Z', '2026-10-25 23:00Z');
  expect(await days()).toEqual(['10-24 1 1 0 0', '10-25 2 2 0 0', '10-26 1 1 0 0']);
});

it('a range of days can be selected', async () => {
  await appointments('completed', '2026-11-01 08:00Z', '2026-11-10 08:00Z', '2026-11-20 08:00Z');
  expect(await days(`local_date between '2026-11-09' and '2026-11-10'`)).toEqual([
    '11-09 0 0 0 0',
    '11-10 1 1 0 0',
  ]);
});

it('days more than a year ahead are left out', async () => {
  await appointments('scheduled', '2026-11-24 15:00Z', '9026-11-24 15:00Z');
  expect(await days(`local_date > '2026-11-24'`)).toHaveLength(366);
});

it('a salon without appointments has no days', async () => {
  expect(await days()).toEqual([]);
});

it('an hour that a salon’s clock repeats at midnight belongs to the day it shows', async () => {
  salon = await createSalon(database, { username: null, timezone: 'Atlantic/Azores' });
  await appointments('completed', '2026-10-24 23:59Z', '2026-10-25 00:00Z', '2026-10-25 01:00Z');
  expect(await days()).toEqual(['10-24 1 1 0 0', '10-25 2 2 0 0']);
});
