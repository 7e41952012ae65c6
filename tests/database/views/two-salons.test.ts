import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import { createAppointment, createRemindedClient } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

const NOW = '2026-11-24 12:00Z';

// An owner of two salons, whom row-level security lets read both.
let database: TestDatabase;
let one: TestSalon;
let two: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.webhook_logs; delete from public.salons');
  one = await createSalon(database, { username: 'one' });
  two = await createSalon(database, { username: 'two' });
  await database.query(
    `insert into public.salon_members (salon_id, user_id, role) values ($1, $2, 'owner')`,
    [two.id, one.ownerId],
  );
});
afterAll(() => database.drop());

const log = ({ id }: TestSalon, at: string, type = 'BOOKING_CREATED') =>
  database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, status, created_at)
     values ($1, $2, '{}', 'success', $3)`,
    [id, type, at],
  );
/** The rows of a view, those of the first salon first. */
const read = (columns: string, view: string, moment = NOW) =>
  readAt(
    database,
    one,
    moment,
    `select ${columns} from public.${view} order by salon_id <> '${one.id}'`,
  );

it('webhook_health counts the deliveries of each', async () => {
  await log(one, '2026-11-24 10:00Z');
  await log(one, '2026-11-24 11:00Z');
  await log(two, '2026-11-24 11:30Z');
  expect(await read('deliveries, last_delivery_at', 'webhook_health')).toEqual([
    { deliveries: '2', last_delivery_at: new Date('2026-11-24 11:00Z') },
    { deliveries: '1', last_delivery_at: new Date('2026-11-24 11:30Z') },
  ]);
});

it('webhook_health has the last webhook of each from before yesterday', async () => {
  await log(one, '2026-11-19 10:00Z');
  await log(one, '2026-11-20 10:00Z');
  await log(one, '2026-11-21 10:00Z', 'BOOKING_SYNCED');
  await log(two, '2026-11-22 10:00Z');
  expect(await read('last_delivery_at', 'webhook_health')).toEqual([
    { last_delivery_at: new Date('2026-11-20 10:00Z') },
    { last_delivery_at: new Date('2026-11-22 10:00Z') },
  ]);
});

describe('appointment_daily_stats', () => {
  const book = ({ id }: TestSalon, start: string) => createAppointment(database, id, { start });

  it('has the days and the appointments of each', async () => {
    await book(one, '2026-11-24 08:00Z');
    await book(one, '2026-11-24 09:00Z');
    await book(two, '2026-11-24 09:00Z');
    await book(two, '2026-11-25 09:00Z');
    expect(
      await read(
        `to_char(local_date, 'MM-DD') || ' ' || appointments as day`,
        'appointment_daily_stats',
      ),
    ).toEqual([{ day: '11-24 2' }, { day: '11-24 1' }, { day: '11-25 1' }]);
  });

  it('begins five years ago at the earliest', async () => {
    await book(one, '2015-01-01 08:00Z');
    await book(one, '2026-11-24 08:00Z');
    expect(await read('min(local_date)::text', 'appointment_daily_stats group by salon_id'))
      .toEqual([{ min: '2021-11-20' }]);
  });

  it('counts an appointment as completed after its end, not at it', async () => {
    await book(one, '2026-11-24 11:00Z');
    const completed = (moment: string) => read('completed', 'appointment_daily_stats', moment);
    expect(await completed(NOW)).toEqual([{ completed: '0' }]);
    expect(await completed('2026-11-24 12:00:01Z')).toEqual([{ completed: '1' }]);
  });
});

it('my_salons says of each whether one owns it or works there', async () => {
  await database.query(`update public.salon_members set role = 'staff'`);
  expect(
    await readAt(database, one, NOW, `select id, role from public.my_salons order by role`),
  ).toEqual([{ id: one.id, role: 'owner' }, { id: two.id, role: 'staff' }]);
});

it('sync_lag has the appointments of each', async () => {
  await createAppointment(database, one.id, { start: NOW });
  await createAppointment(database, two.id, { start: NOW });
  expect(await read('count(*)', 'sync_lag group by salon_id')).toEqual([
    { count: '1' },
    { count: '1' },
  ]);
});

describe('the feed of a salon', () => {
  const feed = async (showsClients: boolean) => {
    await database.query(
      `insert into public.calendar_feeds (salon_id, token_hash, shows_clients)
       values ($1, sha256('one'), $3), ($2, sha256('two'), $3)`,
      [one.id, two.id, showsClients],
    );
    return await database.as('service_role', null, async (client) => {
      await client.query(`set local barkbook.app_now = '${NOW}'`);
      const { rows } = await client.query(`select public.calendar_feed('one') as feed`);
      return rows[0].feed;
    });
  };

  it('has its own appointments from 60 days ago to a year ahead', async () => {
    const starts = ['2026-09-25 12:00Z', '2027-11-24 11:59Z'];
    for (const start of ['2026-09-25 11:59Z', ...starts, '2027-11-24 12:00Z']) {
      await createAppointment(database, one.id, { start });
    }
    await createAppointment(database, two.id, { start: NOW });
    const { appointments } = await feed(false);
    expect(appointments.map(({ start }: { start: string }) => start)).toEqual([
      '2026-09-25T14:00:00',
      '2027-11-24T12:59:00',
    ]);
  });

  it.each([[true, 'Anna', 'Strzyżenie'], [false, null, null]])(
    'names the pet, and the client if that is allowed: %s',
    async (showsClients, name, title) => {
      const client = await createRemindedClient(database, one.id);
      await createAppointment(database, one.id, { client, pet: 'Reksio', start: NOW });
      expect((await feed(showsClients)).appointments).toMatchObject([
        { pet: 'Reksio', client: name, title },
      ]);
    },
  );

  it('without appointments is empty', async () => {
    expect((await feed(true)).appointments).toEqual([]);
  });

  it('counts the changes of an appointment by the seconds since it was booked', async () => {
    await createAppointment(database, one.id, { start: NOW });
    await database.query(
      `update public.calendar_events set created_at = now() - interval '90 seconds'`,
    );
    expect((await feed(false)).appointments).toMatchObject([{ sequence: 90 }]);
  });

  it('shows an appointment that was never changed as such', async () => {
    await createAppointment(database, one.id, { start: NOW });
    await database.query('update public.calendar_events set created_at = updated_at');
    expect((await feed(false)).appointments).toMatchObject([{ sequence: 0 }]);
  });
});
