import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import { enableTexts } from '../support/notices.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

// What an owner switches on must not text at once everybody whose reminder was due before.
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

const book = (start: string) => createAppointment(database, salon.id, { client: anna, start });
const enable = (since: string, hours = 2) =>
  enableTexts(database, salon.id, ['second_reminder'], { since, hours });
const isEnabledAnew = async () =>
  (await database.query(`select from sms_texts where enabled_at > now() - interval '1 hour'`))
    .length === 1;

/** Plans and sends at a time; returns the kinds that were sent. */
async function run(now: string): Promise<string[]> {
  await plan(database, now);
  await sendDue(database, now);
  const rows = await database.query<{ kind: string }>(
    'select kind from sms_messages where sent_at = $1 order by kind',
    [now],
  );
  return rows.map(({ kind }) => kind);
}

/** The kinds of the upcoming reminders. */
const upcoming = async (now: string) =>
  (await readAt<{ kind: string }>(
    database,
    salon,
    now,
    'select kind from public.upcoming_reminders order by kind',
  )).map(({ kind }) => kind);

describe('a further reminder that was due', () => {
  it.each([
    ['a second before it was switched on is not sent', tuesday('09:00:01'), []],
    ['when it was switched on is sent', tuesday('09:00'), ['second_reminder']],
    ['a second after it was switched on is sent', tuesday('08:59:59'), ['second_reminder']],
  ])('%s, and shown as upcoming only then', async (_what, since, kinds) => {
    await book(tuesday('11:00'));
    await run(monday('17:00'));
    await enable(since);
    expect(await upcoming(tuesday('09:05'))).toEqual(kinds);
    expect(await run(tuesday('09:05'))).toEqual(kinds);
  });

  it('before it was switched on is not sent with a later one of the same day either', async () => {
    await book(tuesday('11:00'));
    await book(tuesday('16:00'));
    await run(monday('17:00'));
    await enable(tuesday('10:00'));
    expect(await run(tuesday('10:05'))).toEqual([]);
    expect(await upcoming(tuesday('10:05'))).toEqual(['second_reminder']);
    expect(await run(tuesday('14:00'))).toEqual(['second_reminder']);
    expect(
      await database.query(
        `select c.event_id from sms_message_events c where c.kind = 'second_reminder'`,
      ),
    ).toHaveLength(1);
  });

  it('before it was switched on leaves the place to the first one', async () => {
    await changeSettings(database, salon.id, { min_lead: '30 minutes' });
    await book(tuesday('11:00'));
    await enable(tuesday('10:00'));
    expect(await upcoming(tuesday('10:05'))).toEqual(['reminder']);
    expect(await run(tuesday('10:05'))).toEqual(['reminder']);
  });

  it('while the salon had its messages switched off is not sent', async () => {
    await enable(monday('12:00'));
    await changeSettings(database, salon.id, { enabled: false });
    await changeSettings(database, salon.id, { enabled: true });
    expect(await isEnabledAnew()).toBe(true);
  });
});

it('a first reminder that was due before it was switched on is sent late', async () => {
  await changeSettings(database, salon.id, { enabled: false });
  await book(tuesday('11:00'));
  await changeSettings(database, salon.id, { enabled: true });
  expect(await upcoming(monday('19:00'))).toEqual(['reminder']);
  expect(await run(monday('19:00'))).toEqual(['reminder']);
});

describe('a further reminder counts as switched on', () => {
  beforeEach(() => enable(monday('12:00')));

  it.each([
    ['hours_before', '24'],
    ['mode', 'day_before'],
    ['send_at_local', '19:00'],
  ])('anew when its %s changes', async (column, value) => {
    await database.query(`update sms_texts set ${column} = $1`, [value]);
    expect(await isEnabledAnew()).toBe(true);
  });

  it.each([
    ['template', 'Za chwilę: {{time}}'],
    ['hours_before', '2'],
  ])('since then when its %s is saved as %s', async (column, value) => {
    await database.query(`update sms_texts set ${column} = $1`, [value]);
    expect(await isEnabledAnew()).toBe(false);
  });
});
