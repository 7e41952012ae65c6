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
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import { sendDue } from '../support/send-due.ts';

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

/** An appointment in November 2026; both times are local, such as `24 10:00`. */
const appointment = (start: string, created?: string) =>
  createAppointment(database, salon.id, {
    client: anna,
    start: november(start),
    ...(created === undefined ? {} : { created: november(created) }),
  });
const planAt = (now: string) => plan(database, november(now));
const november = (local: string) => `2026-11-${local}+01`;

describe('a booking made after the reminders of its day were sent', () => {
  it('gets a reminder after the settling time', async () => {
    await appointment('24 14:00', '23 18:00');
    expect(await planAt('23 18:05')).toMatchObject({ planned: 0 });
    expect(await planAt('23 18:09')).toMatchObject({ planned: 0 });
    expect(await planAt('23 18:11')).toMatchObject({ planned: 1 });
    expect(await messages(database)).toMatchObject([{ sendAt: '11-23 18:11' }]);
  });

  it('settles for the time that the salon chose', async () => {
    await changeSettings(database, salon.id, { delay_after_booking: '1 hour' });
    await appointment('24 14:00', '23 17:30');
    expect(await planAt('23 18:29')).toMatchObject({ planned: 0 });
    expect(await planAt('23 18:30')).toMatchObject({ planned: 1 });
  });

  it('settles again after a move', async () => {
    const moved = await appointment('24 14:00', '23 16:00');
    await moveAppointment(database, moved, november('24 15:00'), november('23 16:58'));
    expect(await planAt('23 17:07')).toMatchObject({ planned: 0 });
    expect(await planAt('23 17:08')).toMatchObject({ planned: 1 });
    expect(await messages(database)).toMatchObject([{ appointments: ['11-24 15:00'] }]);
  });

  it('made in quiet hours gets a reminder in the morning', async () => {
    await appointment('24 14:00', '23 22:30');
    await planAt('23 22:40');
    expect(await messages(database)).toMatchObject([{
      status: 'pending',
      sendAt: '11-24 08:00',
      notAfter: '11-24 12:00',
    }]);
    expect(await sendDue(database, november('24 07:59'))).toEqual([]);
    expect(await sendDue(database, november('24 08:00'))).toEqual(['go']);
  });

  it('is skipped if quiet hours end too shortly before it', async () => {
    await appointment('24 08:30', '23 21:00');
    await planAt('23 21:10');
    expect(await messages(database)).toMatchObject([{
      status: 'skipped',
      reason: 'no_window',
      sendAt: '11-24 08:00',
      notAfter: '11-24 06:30',
    }]);
  });
});

it('a skipped early appointment does not prevent the reminder of a later one', async () => {
  await appointment('24 08:30', '23 21:00');
  await appointment('24 17:00', '23 21:00');
  await planAt('23 21:10');
  expect(await messages(database)).toMatchObject([
    { appointments: ['11-24 08:30'], status: 'skipped', reason: 'no_window' },
    {
      appointments: ['11-24 17:00'],
      status: 'pending',
      sendAt: '11-24 08:00',
      notAfter: '11-24 15:00',
    },
  ]);
});

it('an appointment is planned again if its message expired with an earlier one', async () => {
  await appointment('24 17:00');
  await planAt('23 17:00');
  await database.query(`update sms_messages set status = 'expired', final_at = now()`);
  expect(await planAt('24 14:59')).toMatchObject({ planned: 1 });
  await database.query(`update sms_messages set status = 'expired', final_at = now()`);
  expect(await planAt('24 15:00')).toEqual({ planned: 0, skipped: 0, broken: 0 });
});

describe('a booking made on its own day', () => {
  it('gets no reminder in the mode day_before', async () => {
    await appointment('24 15:00', '24 09:00');
    expect(await planAt('24 09:30')).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('gets no reminder even if it was made just after midnight', async () => {
    await appointment('24 15:00', '24 00:05');
    expect(await planAt('24 08:30')).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('gets a reminder in the mode hours_before if enough hours are left', async () => {
    await changeSettings(database, salon.id, { mode: 'hours_before', hours_before: 3 });
    await appointment('24 15:00', '24 09:00');
    await appointment('25 11:00', '25 09:00');
    expect(await planAt('24 11:59')).toMatchObject({ planned: 0 });
    expect(await planAt('24 12:00')).toMatchObject({ planned: 1 });
    expect(await planAt('25 09:30')).toMatchObject({ planned: 0 });
  });
});

describe('after an outage', () => {
  it('an appointment of the same day gets a reminder unless it begins too soon', async () => {
    await appointment('24 11:00');
    const jan = await createRemindedClient(database, salon.id, { name: 'Jan' });
    await createAppointment(database, salon.id, { client: jan, start: november('24 09:30') });
    await planAt('24 08:05');
    expect(await messages(database)).toMatchObject([
      { client: 'Jan', status: 'skipped', reason: 'no_window' },
      { client: 'Anna', status: 'pending', sendAt: '11-24 08:05', notAfter: '11-24 09:00' },
    ]);
    expect(await sendDue(database, november('24 08:05'))).toEqual(['go']);
  });

  it('the reminder is sent once', async () => {
    await appointment('24 11:00');
    await planAt('24 08:05');
    await sendDue(database, november('24 08:05'));
    expect(await planAt('24 08:10')).toMatchObject({ planned: 0 });
    expect(await sendDue(database, november('24 08:10'))).toEqual([]);
  });

  it.each([
    ['one minute before the deadline', '24 08:59', 'pending', null],
    ['not at the deadline', '24 09:00', 'skipped', 'no_window'],
  ])('a reminder keeps the minimum lead time: %s', async (_name, now, status, reason) => {
    await appointment('24 11:00');
    await planAt(now);
    expect(await messages(database)).toMatchObject([{ status, reason }]);
  });
});

describe('quiet hours', () => {
  it.each([
    ['20:00', '08:00', '23 19:59', '11-23 19:59'],
    ['20:00', '08:00', '23 20:00', '11-24 08:00'],
    ['20:00', '08:00', '24 00:30', '11-24 08:00'],
    ['20:00', '08:00', '24 07:59', '11-24 08:00'],
    ['20:00', '08:00', '24 08:00', '11-24 08:00'],
    ['17:00', '18:30', '23 17:00', '11-23 18:30'],
    ['17:00', '18:30', '23 18:30', '11-23 18:30'],
    ['17:00', '18:30', '23 23:00', '11-23 23:00'],
    ['00:00', '00:00', '23 23:00', '11-23 23:00'],
  ])('from %s to %s: a message planned at %s is sent at %s', async (from, to, now, sendAt) => {
    await changeSettings(database, salon.id, {
      quiet_from: from,
      quiet_to: to,
      send_at_local: '16:00',
    });
    await appointment('24 16:00');
    await planAt(now);
    expect(await messages(database)).toMatchObject([{ sendAt }]);
  });
});

describe('a reminder some hours before, which would be due in the quiet hours', () => {
  beforeEach(() => changeSettings(database, salon.id, { mode: 'hours_before', hours_before: 3 }));

  it('is due before them if it would be too late after them', async () => {
    await appointment('24 09:00');
    expect(await planAt('23 19:29')).toMatchObject({ planned: 0 });
    expect(await planAt('23 19:30')).toMatchObject({ planned: 1 });
    expect(await sendDue(database, november('23 19:30'))).toEqual(['go']);
  });

  it('is due after them if that is early enough', async () => {
    await appointment('24 10:30');
    await planAt('23 19:30');
    expect(await planAt('24 07:30')).toMatchObject({ planned: 1 });
    expect(await messages(database)).toMatchObject([{ sendAt: '11-24 08:00' }]);
  });

  it('is due before quiet hours within the day, too', async () => {
    await changeSettings(database, salon.id, { quiet_from: '12:00', quiet_to: '16:00' });
    await appointment('24 17:30');
    expect(await planAt('24 11:29')).toMatchObject({ planned: 0 });
    expect(await planAt('24 11:30')).toMatchObject({ planned: 1 });
  });

  it('was booked after the quiet hours began: it has no time', async () => {
    await appointment('24 09:00', '23 21:00');
    await planAt('23 21:10');
    expect(await messages(database)).toMatchObject([{ status: 'skipped', reason: 'no_window' }]);
  });
});
