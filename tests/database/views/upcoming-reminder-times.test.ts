import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';

// When an upcoming reminder is shown to be sent, and when it is shown to be too late.
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

const book = (start: string, times: { created?: string; lastEvent?: string } = {}) =>
  createAppointment(database, salon.id, { client: anna, start, ...times });

/** The upcoming reminders at a moment, as `11-23 17:00` or the reason for none. */
const upcoming = async (moment: string) =>
  (await readAt<{ send: string; skip_reason: string | null }>(
    database,
    salon,
    moment,
    `select substr(local_send_at, 6) as send, skip_reason
     from public.upcoming_reminders order by send_at`,
  )).map(({ send, skip_reason }) => skip_reason ?? send);

describe('an appointment of the same day', () => {
  beforeEach(() => changeSettings(database, salon.id, { mode: 'hours_before', hours_before: 3 }));

  it.each([
    ['before its reminder is due has one', monday('09:00'), '11-23 15:00'],
    ['when its reminder is due has one', monday('15:00'), '11-23 15:10'],
    ['after its reminder was due has none', monday('15:01'), 'booked_same_day'],
  ])('that is booked %s', async (_when, created, shown) => {
    await book(monday('18:00'), { created });
    expect(await upcoming(created)).toEqual([shown]);
  });
});

it('an appointment that is booked on the day before, late, has a reminder', async () => {
  await book(tuesday('11:00'), { created: monday('17:30') });
  expect(await upcoming(monday('17:30'))).toEqual(['11-23 17:40']);
});

it('a reminder waits after the last change of its appointment', async () => {
  await book(tuesday('11:00'), { created: monday('09:00'), lastEvent: monday('17:30') });
  expect(await upcoming(monday('17:30'))).toEqual(['11-23 17:40']);
});

it('an appointment whose booking has no time waits for nothing', async () => {
  const id = await book(tuesday('11:00'));
  await database.query(
    'update public.calendar_events set created_at = null, last_event_at = null where id = $1',
    [id],
  );
  expect(await upcoming(monday('10:00'))).toEqual(['11-23 17:00']);
});

it.each([
  ['11:00', 'no_window'],
  ['10:59', '11-23 10:59'],
])('at %s, the reminder of 13:00 is shown as %s', async (now, shown) => {
  await book(monday('13:00'));
  expect(await upcoming(monday(now))).toEqual([shown]);
});

it('an appointment that moves after its reminder was planned has another one', async () => {
  const id = await book(tuesday('11:00'));
  await plan(database, monday('17:00'));
  expect(await upcoming(monday('17:05'))).toEqual([]);
  await moveAppointment(database, id, tuesday('13:00'), monday('17:05'));
  expect(await upcoming(monday('17:05'))).toEqual(['11-23 17:15']);
});
