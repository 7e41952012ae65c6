import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  type Settings,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';
import { readAt } from '../support/app-clock.ts';

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

const book = (start: string, appointment: Partial<Parameters<typeof createAppointment>[2]> = {}) =>
  createAppointment(database, salon.id, { client: anna, pet: 'Reksio', start, ...appointment });

type Upcoming = { send: string; skip_reason: string | null; send_at: Date };

const read = (moment: string) =>
  readAt<Upcoming>(
    database,
    salon,
    moment,
    `select substr(local_send_at, 6) as send, skip_reason, send_at
     from public.upcoming_reminders order by send_at`,
  );

/** The upcoming reminders at a moment, as `11-23 17:00` or the reason for none. */
const upcoming = async (moment: string) =>
  (await read(moment)).map(({ send, skip_reason }) => skip_reason ?? send);

describe('an upcoming reminder is planned as shown', () => {
  it.each<[which: string, settings: Settings, start: string, asked: string, send: string]>([
    ['on the day before', {}, tuesday('11:00'), '2026-11-20 10:00Z', '11-23 17:00'],
    [
      'some hours before',
      { mode: 'hours_before', hours_before: 30 },
      tuesday('18:00'),
      '2026-11-20 10:00Z',
      '11-23 12:00',
    ],
    [
      'after quiet hours',
      { mode: 'hours_before', hours_before: 12 },
      tuesday('11:00'),
      '2026-11-20 10:00Z',
      '11-24 08:00',
    ],
    ['late', {}, tuesday('11:00'), monday('18:30'), '11-23 18:30'],
    [
      'before the clocks go forward',
      {},
      '2027-03-28 10:00+02',
      '2027-03-26 10:00Z',
      '03-27 17:00',
    ],
    ['before the clocks go back', {}, '2026-10-25 10:00+01', '2026-10-23 10:00Z', '10-24 17:00'],
  ])('%s', async (_which, settings, start, asked, send) => {
    await changeSettings(database, salon.id, { enabled: true, ...settings });
    await book(start);
    const [expected] = await read(asked);
    expect(expected).toMatchObject({ send, skip_reason: null });

    await plan(database, expected?.send_at.toISOString() ?? '');
    expect(await messages(database)).toMatchObject([{ status: 'pending', sendAt: send }]);
  });
});

describe('a reminder that will not be sent has the reason', () => {
  it.each<[reason: string, prepare: () => Promise<unknown>]>([
    ['no_client', () => book(tuesday('11:00'), { client: null })],
    ['no_consent', async () => {
      await book(tuesday('11:00'));
      await database.query('update public.clients set has_gdpr_consent = false');
    }],
    ['opted_out', async () => {
      await book(tuesday('11:00'));
      await database.query(
        `insert into public.sms_opt_outs (salon_id, phone) values ($1, '+48600100200')`,
        [salon.id],
      );
    }],
    ['booked_same_day', () => book(monday('18:00'), { created: monday('09:00') })],
    ['no_window', () => book(monday('11:30'))],
  ])('%s', async (reason, prepare) => {
    await prepare();
    expect(await upcoming(monday('10:00'))).toEqual([reason]);
  });
});

it('an opt-out of another number, or from another salon, is no reason', async () => {
  await book(tuesday('11:00'));
  const other = await createRemindingSalon(database);
  await database.query(
    `insert into public.sms_opt_outs (salon_id, phone)
     values ($1, '+48600100201'), ($2, '+48600100200')`,
    [salon.id, other.id],
  );
  // Owners of both salons see both opt-outs.
  await database.query(
    `insert into public.salon_members (salon_id, user_id, role) values ($1, $2, 'owner')`,
    [other.id, salon.ownerId],
  );
  expect(await upcoming(monday('10:00'))).toEqual(['11-23 17:00']);
});

describe('there is no upcoming reminder', () => {
  it('for a salon without reminders', async () => {
    await book(tuesday('11:00'));
    await changeSettings(database, salon.id, { enabled: false });
    expect(await upcoming(monday('10:00'))).toEqual([]);
  });

  it('for an appointment that is cancelled, not confirmed, or far ahead', async () => {
    await book(tuesday('11:00'), { status: 'cancelled' });
    await book(tuesday('11:00'), { status: 'pending' });
    await book('2026-12-03 11:00+01');
    expect(await upcoming(monday('10:00'))).toEqual([]);
  });

  it('for another salon', async () => {
    const other = await createRemindingSalon(database);
    await book(tuesday('11:00'));
    expect(
      await readAt(database, other, monday('10:00'), 'select * from public.upcoming_reminders'),
    ).toEqual([]);
  });
});

it('reminders are shown of appointments that are still to begin, within nine days', async () => {
  const now = '2026-11-23 10:00+01';
  for (const start of [now, '2026-12-02 10:00+01']) await book(start);
  expect(await upcoming(now)).toEqual([]);
  await book('2026-12-02 09:59+01');
  expect(await upcoming(now)).toHaveLength(1);
});
