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

/** Expects that the reminder is skipped for this reason and not planned again. */
async function expectSkipped(reason: string) {
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([{ status: 'skipped', reason }]);
  expect(await plan(database, LATER)).toMatchObject({ planned: 0, skipped: 0 });
}

/** Expects that the reason to skip is gone and that the reminder is sent once. */
async function expectReminded() {
  expect(await plan(database, LATER)).toEqual({ planned: 1, skipped: 0, broken: 0 });
  expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  expect(await sendDue(database, LATER)).toEqual(['go']);
  expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
}

describe('an appointment without a client', () => {
  beforeEach(() => assign(null));

  it('is skipped even if Cal.com has a phone', async () => {
    await database.query(`update calendar_events set attendee_phone = '+48600100200'`);
    await expectSkipped('no_client');
  });

  it('gets a reminder once a client is assigned', async () => {
    await expectSkipped('no_client');
    await assign(anna);
    await expectReminded();
  });
});

describe('an appointment of a client without consent', () => {
  beforeEach(() => setConsent(false));

  it('gets a reminder if consent is given in time', async () => {
    await expectSkipped('no_consent');
    await setConsent(true);
    await expectReminded();
    expect(await messages(database)).toMatchObject([
      { status: 'sent', appointments: ['11-24 10:00'] },
      { status: 'skipped', reason: 'no_consent', appointments: [] },
    ]);
  });

  it('gets no reminder if consent is given too late', async () => {
    await expectSkipped('no_consent');
    await setConsent(true);
    expect(await plan(database, '2026-11-24 08:30+01')).toMatchObject({ planned: 0, skipped: 1 });
    expect(await plan(database, '2026-11-24 08:35+01')).toMatchObject({ planned: 0, skipped: 0 });
  });

  it('gets a reminder once it is assigned to another client', async () => {
    await expectSkipped('no_consent');
    await assign(await createRemindedClient(database, salon.id, { name: 'Jan' }));
    await expectReminded();
  });

  it('is skipped as no_client once the client is deleted', async () => {
    await expectSkipped('no_consent');
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
    await expectSkipped(problem);
    await setPhone(PHONE);
    await expectReminded();
  });
});

describe('an opted-out number', () => {
  beforeEach(async () => {
    await optOut();
    await plan(database, MONDAY_17);
    expect(await sendDue(database, MONDAY_17)).toEqual(['opted_out']);
    await expectSkipped('opted_out');
  });

  it('gets reminders again once the opt-out is withdrawn', async () => {
    await database.query('delete from sms_opt_outs');
    await expectReminded();
  });

  it('does not prevent reminders to another number of the client', async () => {
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
    expect(await sendDue(database, LATER, { phone: '+48600100201' })).toEqual(['go']);
  });

  it('gets no reminders in another format either', async () => {
    await setPhone('600-100-200');
    await plan(database, LATER);
    expect(await sendDue(database, LATER)).toEqual(['opted_out']);
  });
});

describe('settings that prevent a reminder', () => {
  it.each<[string, Settings, Settings]>([
    ['no_window', { min_lead: '20 hours' }, { min_lead: '2 hours' }],
    ['cap', { monthly_cap: 0 }, { monthly_cap: null }],
    ['disabled', { enabled: false }, { enabled: true }],
  ])('%s: the reminder is sent once they are changed', async (reason, before, after) => {
    if (reason !== 'disabled') await changeSettings(database, salon.id, before);
    await plan(database, MONDAY_17);
    await changeSettings(database, salon.id, before);
    await sendDue(database, MONDAY_17);
    expect(await messages(database)).toMatchObject([{ status: 'skipped', reason }]);
    await changeSettings(database, salon.id, after);
    await expectReminded();
  });

  it.each(['template', 'too_long'])(
    '%s: the reminder is sent once they are changed',
    async (problem) => {
      await plan(database, MONDAY_17);
      expect(await sendDue(database, MONDAY_17, { problem })).toEqual([problem]);
      await expectSkipped(problem);
      await changeSettings(database, salon.id, { template: 'Wizyta {{date}}' });
      await expectReminded();
    },
  );
});

it('a planned reminder follows its appointment to another client', async () => {
  await plan(database, MONDAY_17);
  await assign(await createRemindedClient(database, salon.id, { name: 'Jan' }));
  expect(await sendDue(database, MONDAY_17)).toEqual(['event_gone']);
  await expectReminded();
  expect(await messages(database)).toMatchObject([
    { client: 'Jan', status: 'sent' },
    { client: 'Anna', status: 'cancelled', reason: 'event_gone' },
  ]);
});

describe('a message that the provider refused', () => {
  beforeEach(async () => {
    await plan(database, MONDAY_17);
    await database.query(`update sms_messages set status = 'failed', error_code = '13'`);
  });

  it('is not planned again unchanged', async () => {
    expect(await plan(database, LATER)).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('is planned again once the number is corrected', async () => {
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
  });

  it('is planned again once the settings are changed', async () => {
    await database.query(`update sms_settings set sender = 'PsiaLapa', updated_at = now()`);
    expect(await plan(database, LATER)).toMatchObject({ planned: 1 });
  });

  it('is not planned again if an earlier POST may have been accepted', async () => {
    await database.query('update sms_messages set maybe_sent_since = now()');
    await setPhone('600 100 201');
    expect(await plan(database, LATER)).toMatchObject({ planned: 0 });
  });
});
