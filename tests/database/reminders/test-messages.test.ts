import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type AskedReminders, createAskedReminders } from '../support/asked-reminders.ts';
import { beginDispatch, claimOne } from '../support/outbox.ts';
import { changeSettings, plan } from '../support/reminders.ts';
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

describe('a test SMS', () => {
  it('shows the reminder with an invented appointment, in quiet hours too', async () => {
    await changeSettings(database, asked.salon.id, { enabled: false });
    const message = await asked.sendTest('600 100 300', monday('22:00'));
    const claimed = await claimOne(database, monday('22:00'));
    expect(claimed).toMatchObject({
      message_id: message,
      phone: '+48600100300',
      template: expect.stringContaining('Przypominamy'),
      appointments: [{ startTime: '2026-11-24T09:00:00+00:00', pet: 'Reksio' }],
    });
    expect(await beginDispatch(database, claimed, monday('22:00'))).toBe('go');
    expect(await database.query('select from private.sms_told_events')).toEqual([]);
  });

  it('is sent five times on a day at most', async () => {
    for (const digit of [1, 2, 3, 4, 5]) await asked.sendTest(`600 100 20${digit}`);
    expect(await asked.sendTest('600 100 206')).toBe('PT429 test_limit');
    expect(await asked.sendTest('600 100 206', tuesday('02:00'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is counted by calls at the same time', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((digit) => asked.sendTest(`60010020${digit}`)),
    );
    expect(answers.filter((answer) => answer === 'PT429 test_limit')).toHaveLength(2);
  });

  it('counts in the limits', async () => {
    for (let i = 0; i < 3; i++) {
      await asked.sendTest();
      expect(await sendDue(database, monday('12:00'))).toEqual(['go']);
    }
    expect(await asked.run(monday('17:00'))).toEqual(['client_limit']);
  });

  it('does not go to a number that opted out', async () => {
    await database.query('insert into sms_opt_outs values ($1, $2)', [
      asked.salon.id,
      '+48600100200',
    ]);
    await asked.sendTest();
    expect(await sendDue(database, monday('12:00'))).toEqual(['opted_out']);
  });

  it('is not sent an hour later', async () => {
    await asked.sendTest();
    expect(await sendDue(database, monday('13:00'))).toEqual([]);
  });

  it('is erased with the client who has the number', async () => {
    await asked.sendTest();
    await asked.ask(`erase_client('${asked.anna.id}')`);
    const texts = 'select status, phone, phone_number from sms_messages';
    expect(await database.query(texts)).toEqual([
      { status: 'cancelled', phone: null, phone_number: null },
    ]);
  });

  it('needs a phone number', async () => {
    expect(await asked.sendTest('brak')).toBe('PT400');
  });

  it('is sent by a salon that is switched off, and nothing else is', async () => {
    await plan(database, monday('17:00'));
    await changeSettings(database, asked.salon.id, { enabled: false });
    await asked.sendTest('600 100 300', monday('17:00'));
    expect((await sendDue(database, monday('17:00'))).sort()).toEqual(['disabled', 'go']);
  });
});
