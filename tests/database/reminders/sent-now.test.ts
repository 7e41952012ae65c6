import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type AskedReminders, createAskedReminders } from '../support/asked-reminders.ts';
import { cancelAppointment, changeSettings, moveAppointment } from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

let database: TestDatabase;
let asked: AskedReminders;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  asked = await createAskedReminders(database);
});
afterAll(() => database.drop());

describe('a reminder that is sent now', () => {
  it('is not sent again when it is due', async () => {
    await asked.sendNow();
    expect(await asked.run(monday('12:00'))).toEqual(['go']);
    expect(await asked.run(monday('17:00'))).toEqual([]);
  });

  it('is one message, however often it is asked for', async () => {
    const message = await asked.sendNow();
    expect(await asked.sendNow()).toBe(message);
    await asked.run(monday('12:00'));
    expect(await asked.sendNow(monday('12:05'))).toBe(message);
    expect(await asked.run(monday('12:05'))).toEqual([]);
  });

  it('waits for the end of the quiet hours', async () => {
    await asked.sendNow(monday('05:00'));
    expect(await sendDue(database, monday('05:00'))).toEqual(['quiet_hours']);
    expect(await sendDue(database, monday('08:00'))).toEqual(['go']);
  });

  it('is not sent without consent', async () => {
    await database.query('update clients set has_gdpr_consent = false');
    await asked.sendNow();
    expect(await sendDue(database, monday('12:00'))).toEqual(['no_consent']);
  });

  it('is not sent for an appointment that moved meanwhile, which is reminded of later', async () => {
    await asked.sendNow();
    await moveAppointment(database, asked.appointmentId, tuesday('13:00'), monday('12:01'));
    expect(await sendDue(database, monday('12:02'), { problem: 'template' }))
      .toEqual(['event_gone']);
    expect(await asked.run(monday('17:00'))).toEqual(['go']);
  });

  it('takes the place of one that was skipped', async () => {
    await asked.skip();
    await asked.sendNow();
    expect(await sendDue(database, monday('12:00'))).toEqual(['go']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'without a client',
      () => database.query('update calendar_events set client_id = null'),
      'PT422 no_client',
    ],
    [
      'that was cancelled',
      () => cancelAppointment(database, asked.appointmentId),
      'PT422 appointment_over',
    ],
    [
      'of a salon that sends none',
      () => changeSettings(database, asked.salon.id, { enabled: false }),
      'PT422 reminder_off',
    ],
    [
      'that is weeks ahead',
      () => moveAppointment(database, asked.appointmentId, '2026-12-24 11:00+01', monday('11:00')),
      'PT422 too_early',
    ],
  ])('is refused for an appointment %s', async (_what, change, code) => {
    await change();
    expect(await asked.sendNow()).toBe(code);
  });

  it('is refused for a kind that is no reminder', async () => {
    expect(await asked.ask(`send_reminder_now('${asked.appointmentId}', 'moved')`)).toBe('PT400');
  });
});
