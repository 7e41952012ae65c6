import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type Settings,
} from '../support/reminders.ts';
import { tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

// How long bookings that keep coming hold a reminder back.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

const MINUTE_MS = 60_000;

/**
 * A client with an appointment on Tuesday at 09:00; from Monday 16:55 on, somebody books another one
 * for them every nine minutes. Returns when the first message was sent, and its appointments.
 */
async function sentWhileBookingsKeepComing(settings: Settings = {}) {
  const salon = await createRemindingSalon(database, settings);
  const client = await createRemindedClient(database, salon.id);
  await createAppointment(database, salon.id, { client, start: tuesday('09:00') });
  const from = Date.parse('2026-11-23T16:55:00+01:00');
  for (let minute = 0; minute < 12 * 60; minute++) {
    const now = new Date(from + minute * MINUTE_MS).toISOString();
    if (minute % 9 === 0) {
      const start = new Date(Date.parse('2026-11-24T18:00:00+01:00') + minute * 1000).toISOString();
      await createAppointment(database, salon.id, { client, start, created: now });
    }
    if (minute % 5 !== 0) continue;
    await plan(database, now);
    if ((await sendDue(database, now)).length > 0) {
      const [first] = (await messages(database)).filter(({ status }) => status === 'sent');
      return { after: minute - 5, appointments: first?.appointments };
    }
  }
  return null;
}

it('a reminder that is due waits for later bookings once, not for good', async () => {
  expect(await sentWhileBookingsKeepComing()).toMatchObject({
    after: 10,
    appointments: expect.arrayContaining(['11-24 09:00']),
  });
});

it('a long wait ends while the reminder can still be sent', async () => {
  // The quiet hours begin at 20:00 and end after the deadline.
  expect(await sentWhileBookingsKeepComing({ delay_after_booking: '1 day' })).toMatchObject({
    after: 170,
    appointments: expect.arrayContaining(['11-24 09:00']),
  });
});
