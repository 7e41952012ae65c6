import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type AskedReminders, createAskedReminders } from '../support/asked-reminders.ts';
import { beginDispatch, claimOne, settle } from '../support/outbox.ts';
import { changeSettings, createAppointment, moveAppointment, plan } from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

let database: TestDatabase;
let asked: AskedReminders;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  asked = await createAskedReminders(database);
});
afterAll(() => database.drop());

describe('a reminder that is skipped', () => {
  it('is not sent', async () => {
    await asked.skip();
    expect(await asked.run(monday('17:00'))).toEqual([]);
    expect(await asked.statuses()).toEqual(['skipped skipped_by_salon']);
  });

  it('is not sent after a change of client, number or settings either', async () => {
    await asked.skip();
    await database.query(`update clients set phone_number = '600 100 300'`);
    await changeSettings(database, asked.salon.id, { max_segments: 3 });
    expect(await asked.run(monday('17:00'))).toEqual([]);
  });

  it('is sent when it is due once that is taken back', async () => {
    await asked.skip();
    expect(await asked.unskip()).toBe(true);
    expect(await asked.unskip()).toBe(false);
    expect(await asked.run(monday('17:00'))).toEqual(['go']);
  });

  it('is sent for a new time of the appointment', async () => {
    await asked.skip();
    await moveAppointment(database, asked.appointmentId, tuesday('13:00'), monday('13:00'));
    expect(await asked.run(monday('17:00'))).toEqual(['go']);
  });

  it('leaves the other appointments in the message that waits', async () => {
    const other = await createAppointment(database, asked.salon.id, {
      client: asked.anna,
      pet: 'Burek',
      start: tuesday('13:00'),
    });
    await plan(database, monday('17:00'));
    await asked.skip(monday('17:01'), other);
    const claimed = await claimOne(database, monday('17:02'));
    expect(claimed.appointments).toMatchObject([{ pet: 'Reksio' }]);
    expect(await beginDispatch(database, claimed, monday('17:02'))).toBe('go');
  });

  it('ends the message that waits if nothing is left in it', async () => {
    await plan(database, monday('17:00'));
    await asked.skip(monday('17:01'));
    expect((await asked.statuses()).sort()).toEqual([
      'cancelled event_gone',
      'skipped skipped_by_salon',
    ]);
    expect(await asked.run(monday('17:05'))).toEqual([]);
  });

  it('cannot be one that a run has claimed', async () => {
    await plan(database, monday('17:00'));
    const claimed = await claimOne(database, monday('17:00'));
    expect(await asked.skip(monday('17:00'))).toBe('PT422 already_sent');
    expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('go');
    expect(await asked.skip(monday('17:00'))).toBe('PT422 already_sent');
  });

  it('is not planned by a run that began before', async () => {
    await database.as('service_role', null, async (planner) => {
      await planner.query('select public.sms_plan(null, $1)', [monday('17:00')]);
      const skipping = asked.skip(monday('17:00'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await planner.query('commit');
      await skipping;
    });
    expect(await asked.run(monday('17:05'))).toEqual([]);
  });
});

it('a reminder that was refused can be skipped', async () => {
  await plan(database, monday('17:00'));
  const claimed = await claimOne(database, monday('17:00'));
  await beginDispatch(database, claimed, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'permanent', code: '13' });
  expect(await asked.skip(monday('17:01'))).toMatch(/^[0-9a-f-]{36}$/);
  await database.query(`update clients set phone_number = '600 100 300'`);
  expect(await asked.run(monday('17:05'))).toEqual([]);
});
