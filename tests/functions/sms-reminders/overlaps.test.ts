import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
} from '../../database/support/reminders.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import {
  countByStatus,
  createDueReminders,
  DUE_AT_ONCE,
  finished,
  minutesFromNow,
  readMessage,
  type Reminders,
  smsapiEnv,
  startReminders,
  tomorrowAt,
} from '../support/sms-reminders.ts';

let provider: SmsapiServer;
let reminders: Reminders;
let sentBefore: number;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders(smsapiEnv(provider));
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});
beforeEach(async () => {
  await forgetReminders(reminders.database);
  provider.delay(0);
  sentBefore = provider.received.length;
});

const posted = () => provider.received.slice(sentBefore);

/** Starts a run and holds it between the claim and the last check of the message. */
async function runUntilClaimed() {
  const held = reminders.gate.hold('sms_claim', 'answer');
  const { body } = await reminders.call();
  await held.reached;
  return async () => {
    held.release();
    return await finished(reminders.database, 'runId' in body ? body.runId : '');
  };
}

describe('runs that overlap', () => {
  test('send each message once', async () => {
    await createDueReminders(reminders.database, 40);
    provider.delay(50);
    const runs = await Promise.all([1, 2, 3, 4].map(() => reminders.run()));
    expect(posted().map((form) => form.get('to')).sort())
      .toEqual(Array.from({ length: 40 }, (_, i) => String(48_600_100_000 + i)));
    expect(runs.reduce((sum, { counts }) => sum + counts.sent, 0)).toBe(40);
    expect(await countByStatus(reminders.database)).toEqual({ sent: 40 });
  });

  test('leave nothing to the next one', async () => {
    await createDueReminders(reminders.database, 3);
    await reminders.run();
    expect(await reminders.run()).toMatchObject({ counts: { planned: 0, claimed: 0, sent: 0 } });
    expect(posted()).toHaveLength(3);
  });
});

describe('between the claim and the POST', () => {
  test('an appointment may be cancelled: nothing is sent', async () => {
    const { appointmentIds: [appointment = ''] } = await createDueReminders(reminders.database);
    const finish = await runUntilClaimed();
    await cancelAppointment(reminders.database, appointment);
    expect(await finish()).toMatchObject({ counts: { dropped: 1, sent: 0 } });
    expect(posted()).toEqual([]);
    expect(await readMessage(reminders.database))
      .toMatchObject({ status: 'cancelled', reason: 'event_gone' });
  });

  test('an appointment may be moved: the next run sends a reminder of the new time', async () => {
    const { appointmentIds: [appointment = ''] } = await createDueReminders(reminders.database);
    const finish = await runUntilClaimed();
    await moveAppointment(reminders.database, appointment, tomorrowAt('13:00'), minutesFromNow(0));
    expect(await finish()).toMatchObject({ counts: { dropped: 1, sent: 0 } });
    await reminders.run({ at: minutesFromNow(1) });
    expect(posted()).toHaveLength(1);
    expect(await countByStatus(reminders.database)).toEqual({ cancelled: 1, sent: 1 });
  });

  test.each([
    ['withdraw their consent', 'update public.clients set has_gdpr_consent = false', 'no_consent'],
    [
      'opt out',
      `insert into public.sms_opt_outs (salon_id, phone) select id, '+48600100000'
       from public.salons`,
      'opted_out',
    ],
  ])('a client may %s: nothing is sent', async (_what, statement, reason) => {
    await createDueReminders(reminders.database);
    const finish = await runUntilClaimed();
    await reminders.database.query(statement);
    expect(await finish()).toMatchObject({ counts: { dropped: 1 } });
    expect(posted()).toEqual([]);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'skipped', reason });
  });

  test('reminders may be switched off: nothing is sent', async () => {
    await createDueReminders(reminders.database);
    const finish = await runUntilClaimed();
    await reminders.database.query('update public.sms_settings set enabled = false');
    await finish();
    expect(posted()).toEqual([]);
    expect(await readMessage(reminders.database))
      .toMatchObject({ status: 'skipped', reason: 'disabled' });
  });

  test('one of two appointments may be cancelled: one message names the other', async () => {
    const { database } = reminders;
    const template = '{{pets}}';
    const salon = await createRemindingSalon(database, { ...DUE_AT_ONCE, template });
    const client = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
    const start = tomorrowAt('12:00');
    await createAppointment(database, salon.id, { client, pet: 'Reksio', start });
    const burek = await createAppointment(database, salon.id, { client, pet: 'Burek', start });
    const finish = await runUntilClaimed();
    await cancelAppointment(database, burek);
    expect(await finish()).toMatchObject({ counts: { claimed: 2, retried: 1, sent: 1 } });
    expect(posted().map((form) => form.get('message'))).toEqual(['Reksio']);
  });
});

describe('a number', () => {
  test.each([
    ['abc', 'no_phone'],
    ['22 123 45 67', 'not_mobile'],
    ['600100200, 600100201', 'no_phone'],
    ['+48 600 100 20O', 'no_phone'],
    ['+33 6 12 34 56 78', 'country_blocked'],
  ])('%s is reported to the salon as unusable and gets no message', async (phone, reason) => {
    await createDueReminders(reminders.database);
    await reminders.database.query('update public.clients set phone_number = $1', [phone]);
    await reminders.run();
    expect(posted()).toEqual([]);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'skipped', reason });
  });

  test.each(['0048 600-100-200', '\u202a+48 600 100 200\u202c', '+48\u202f600\u202f100\u202f200'])(
    '%j is normalised for SMSAPI',
    async (phone) => {
      await createDueReminders(reminders.database);
      await reminders.database.query('update public.clients set phone_number = $1', [phone]);
      await reminders.run();
      expect(posted().map((form) => form.get('to'))).toEqual(['48600100200']);
    },
  );
});
