import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/booking.ts';
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
import { sendDue } from '../support/send-due.ts';

const TUESDAY_10 = '2026-11-24 10:00+01';
const MONDAY_17 = '2026-11-23 17:00+01';
const LATER = '2026-11-23 18:00+01';
const PHONE = '+48600100200';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;
let appointmentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
  appointmentId = await createAppointment(database, salon.id, { client: anna, start: TUESDAY_10 });
});
afterAll(() => database.drop());

const setConsent = (given: boolean) =>
  database.query('update clients set has_gdpr_consent = $1', [given]);
const setPhone = (phone: string) => database.query('update clients set phone_number = $1', [phone]);
const assign = (client: RemindedClient | null) =>
  database.query('update calendar_events set client_id = $2 where id = $1', [
    appointmentId,
    client?.id ?? null,
  ]);
const optOut = () =>
  database.query('insert into sms_opt_outs (salon_id, phone) values ($1, $2)', [salon.id, PHONE]);

/** That the appointment is not reminded of now, and why. */
async function isSkipped(reason: string) {
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([{ status: 'skipped', reason }]);
  expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 0 });
}

/** That what kept the appointment from being reminded of is gone, and that it is reminded of once. */
async function isCured() {
  expect(await plan(database, LATER)).toEqual({ planned: 1, skipped: 0, broken: 0 });
  expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  expect(await sendDue(database, LATER)).toEqual(['go']);
  expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
}

describe('no client', () => {
  beforeEach(() => assign(null));

  it('is no reminder, even when Cal.com knows a phone', async () => {
    await database.query(`update calendar_events set attendee_phone = '+48600100200'`);
    await isSkipped('no_client');
  });

  it('is cured when a client is assigned', async () => {
    await isSkipped('no_client');
    await assign(anna);
    await isCured();
  });
});

describe('no consent', () => {
  beforeEach(() => setConsent(false));

  it('is cured when consent is given in time', async () => {
    await isSkipped('no_consent');
    await setConsent(true);
    await isCured();
    expect(await messages(database)).toMatchObject([
      { status: 'sent', appointments: ['11-24 10:00'] },
      { status: 'skipped', reason: 'no_consent', appointments: [] },
    ]);
  });

  it('that is cured too late leads to no SMS', async () => {
    await isSkipped('no_consent');
    await setConsent(true);
    expect(await plan(database, '2026-11-24 08:30+01')).toMatchObject({ planned: 0, skipped: 1 });
    expect(await plan(database, '2026-11-24 08:35+01')).toMatchObject({ planned: 0, skipped: 0 });
  });

  it('is cured when the appointment turns out to be that of another client', async () => {
    await isSkipped('no_consent');
    await assign(await createRemindedClient(database, salon.id, { name: 'Jan' }));
    await isCured();
  });

  it('of a client who is deleted becomes no client', async () => {
    await isSkipped('no_consent');
    await database.query('delete from clients');
    expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 1 });
    expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 0 });
  });
});

describe('a number that cannot be used', () => {
  it.each([
    ['', 'no_phone'],
    ['22 123 45 67', 'not_mobile'],
    ['+1 415 555 2671', 'country_blocked'],
  ])('%j is skipped as %s until it is corrected', async (phone, problem) => {
    await setPhone(phone);
    await plan(database, MONDAY_17);
    expect(await sendDue(database, MONDAY_17, { problem })).toEqual([problem]);
    await isSkipped(problem);
    await setPhone(PHONE);
    await isCured();
  });
});

describe('a number that opted out', () => {
  beforeEach(async () => {
    await optOut();
    await plan(database, MONDAY_17);
    expect(await sendDue(database, MONDAY_17)).toEqual(['opted_out']);
    await isSkipped('opted_out');
  });

  it('is reminded again when the opt-out is withdrawn', async () => {
    await database.query('delete from sms_opt_outs');
    await isCured();
  });

  it('leaves the client another number to be reminded on', async () => {
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
    expect(await sendDue(database, LATER, { phone: '+48600100201' })).toEqual(['go']);
  });

  it('is not reminded when only the way it is written changes', async () => {
    await setPhone('600-100-200');
    await plan(database, LATER);
    expect(await sendDue(database, LATER)).toEqual(['opted_out']);
  });
});

describe('settings that keep a reminder from going out', () => {
  it.each<[string, Settings, Settings]>([
    ['no_window', { min_lead: '20 hours' }, { min_lead: '2 hours' }],
    ['cap', { monthly_cap: 0 }, { monthly_cap: null }],
    ['disabled', { enabled: false }, { enabled: true }],
  ])('%s is cured when they are changed', async (reason, before, after) => {
    if (reason !== 'disabled') await changeSettings(database, salon.id, before);
    await plan(database, MONDAY_17);
    await changeSettings(database, salon.id, before);
    await sendDue(database, MONDAY_17);
    expect(await messages(database)).toMatchObject([{ status: 'skipped', reason }]);
    await changeSettings(database, salon.id, after);
    await isCured();
  });

  it.each(['template', 'too_long'])('%s is cured when they are changed', async (problem) => {
    await plan(database, MONDAY_17);
    expect(await sendDue(database, MONDAY_17, { problem })).toEqual([problem]);
    await isSkipped(problem);
    await changeSettings(database, salon.id, { template: 'Wizyta {{date}}' });
    await isCured();
  });
});

it('a planned reminder follows the appointment to the client it is assigned to', async () => {
  await plan(database, MONDAY_17);
  await assign(await createRemindedClient(database, salon.id, { name: 'Jan' }));
  expect(await sendDue(database, MONDAY_17)).toEqual(['event_gone']);
  await isCured();
  expect(await messages(database)).toMatchObject([
    { client: 'Jan', status: 'sent' },
    { client: 'Anna', status: 'cancelled', reason: 'event_gone' },
  ]);
});

describe('a message that the gateway refused', () => {
  beforeEach(async () => {
    await plan(database, MONDAY_17);
    await database.query(`update sms_messages set status = 'failed', error_code = '13'`);
  });

  it('is not planned again as it was', async () => {
    expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('is planned again when the number is corrected', async () => {
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
  });

  it('is planned again when the settings are changed', async () => {
    await database.query(`update sms_settings set sender = 'PsiaLapa', updated_at = now()`);
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
  });

  it('is not planned again when an earlier POST may have arrived', async () => {
    await database.query('update sms_messages set maybe_sent_since = now()');
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 0 });
  });
});
