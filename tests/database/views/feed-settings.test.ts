import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createAppointment, createRemindedClient } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

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

const rotate = (salonId: string | null) =>
  database.as('authenticated', salon.ownerId, async (client) => {
    const { rows } = await client.query<{ token: string }>(
      'select public.rotate_calendar_feed_token($1) as token',
      [salonId],
    );
    return rows[0]?.token;
  });
const appointmentsAt = async (moment: string, token: string | undefined) => {
  const { rows } = await database.as('service_role', null, async (client) => {
    await client.query("select set_config('barkbook.app_now', $1, true)", [moment]);
    return await client.query('select public.calendar_feed($1) as feed', [token]);
  });
  return rows[0].feed.appointments;
};

it('a new feed names no clients', async () => {
  const client = await createRemindedClient(database, salon.id);
  await createAppointment(database, salon.id, { client, start: '2026-11-24 09:00Z' });
  expect(await appointmentsAt('2026-11-24 10:00Z', await rotate(salon.id)))
    .toMatchObject([{ client: null, title: null }]);
});

it('a new address keeps what the feed shows, and has its own time', async () => {
  await rotate(salon.id);
  await database.query(
    `update public.calendar_feeds set shows_clients = true, created_at = now() - interval '1 day'`,
  );
  await rotate(salon.id);
  expect(
    await database.query(
      `select shows_clients, created_at > now() - interval '1 hour' as is_new
       from public.calendar_feeds`,
    ),
  ).toEqual([{ shows_clients: true, is_new: true }]);
});

it('an address for no salon is refused', async () => {
  await expect(rotate(null)).rejects.toMatchObject({ code: '42501' });
});

it('appointments of one time are in a steady order', async () => {
  const token = await rotate(salon.id);
  const ids: string[] = [];
  for (let count = 0; count < 4; count++) {
    ids.push(await createAppointment(database, salon.id, { start: '2026-11-24 09:00Z' }));
  }
  const shown: { id: string }[] = await appointmentsAt('2026-11-24 10:00Z', token);
  expect(shown.map(({ id }) => id)).toEqual(ids.toSorted());
});

it('an appointment of which no change is known was changed when it began', async () => {
  const token = await rotate(salon.id);
  const id = await createAppointment(database, salon.id, { start: '2026-11-24 09:00Z' });
  await database.query('alter table public.calendar_events disable trigger user');
  await database.query('update public.calendar_events set updated_at = null where id = $1', [id]);
  await database.query('alter table public.calendar_events enable trigger user');
  expect(await appointmentsAt('2026-11-24 10:00Z', token))
    .toMatchObject([{ changed_at: '2026-11-24T09:00:00Z', sequence: 0 }]);
});
