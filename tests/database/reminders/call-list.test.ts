import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import { type AskedReminders, createAskedReminders } from '../support/asked-reminders.ts';
import { cancelAppointment, changeSettings } from '../support/reminders.ts';
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

describe('the call list', () => {
  const list = (now: string) =>
    readAt(
      database,
      asked.salon,
      now,
      'select client_name, phone, pet_name, local_start from public.call_list order by start_time',
    );
  const reksio = {
    client_name: 'Anna',
    phone: '600 100 200',
    pet_name: 'Reksio',
    local_start: '11:00',
  };

  it('has the appointments of tomorrow from three o’clock on', async () => {
    expect(await list(monday('14:59'))).toEqual([]);
    expect(await list(monday('15:00'))).toEqual([reksio]);
    expect(await list(tuesday('15:00'))).toEqual([]);
  });

  it('begins when the salon says', async () => {
    await changeSettings(database, asked.salon.id, { call_list_from: '12:30' });
    expect(await list(monday('12:30'))).toEqual([reksio]);
  });

  it('leaves out who answered', async () => {
    await database.query(`update calendar_events set client_response = 'coming'`);
    expect(await list(monday('15:00'))).toEqual([]);
  });

  it('leaves out what was cancelled', async () => {
    await cancelAppointment(database, asked.appointmentId);
    expect(await list(monday('15:00'))).toEqual([]);
  });
});
