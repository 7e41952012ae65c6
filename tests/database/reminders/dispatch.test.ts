import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { begin, claimOne, dispatch, settle, sweep } from '../support/outbox.ts';
import {
  cancelAppointment,
  changeSettings,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
} from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { attempts, stored } from '../support/stored-messages.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

const setClient = (column: string, value: unknown) => async ({ anna }: Scene) =>
  await database.query(`update public.clients set ${column} = $2 where id = $1`, [anna.id, value]);
const cancel = async ({ appointmentIds: [first = ''] }: Scene) =>
  await cancelAppointment(database, first);
const move = async ({ appointmentIds: [first = ''] }: Scene) =>
  await moveAppointment(database, first, tuesday('14:00'), monday('17:01'));
const optOut = async ({ salon }: Scene) =>
  await database.query('insert into public.sms_opt_outs (salon_id, phone) values ($1, $2)', [
    salon.id,
    ANNAS_PHONE,
  ]);

it('leave to send is noted with the text, the number, and the time', async () => {
  const { messageId } = await planReminder(database, { settings: { sender: 'PsiaLapa' } });
  const claimed = await claimOne(database, monday('17:00'));
  expect(await begin(database, claimed, monday('17:00:30'), { segments: 2 })).toBe('go');
  expect(await stored(database, messageId)).toMatchObject({
    status: 'leased',
    phone: ANNAS_PHONE,
    segments: 2,
    startedAt: '11-23 17:00:30',
  });
  expect(await database.query('select body, encoding, sender from public.sms_messages')).toEqual([
    { body: 'Do jutra!', encoding: 'GSM-7', sender: 'PsiaLapa' },
  ]);
  expect(await attempts(database, messageId)).toMatchObject([
    { provider: 'smsapi', started: '11-23 17:00:30', ended: null, outcome: null },
  ]);
});

describe('between the claim and the POST', () => {
  it.each<[string, (scene: Scene) => Promise<unknown>, string, string]>([
    ['the appointment is cancelled', cancel, 'event_gone', 'cancelled'],
    ['the appointment moves', move, 'event_gone', 'cancelled'],
    [
      'the client is deleted',
      ({ anna }) => database.query('delete from public.clients where id = $1', [anna.id]),
      'event_gone',
      'cancelled',
    ],
    ['consent is withdrawn', setClient('has_gdpr_consent', false), 'no_consent', 'skipped'],
    ['the client wants no SMS any more', optOut, 'opted_out', 'skipped'],
    [
      'the salon switches reminders off',
      ({ salon }) => changeSettings(database, salon.id, { enabled: false }),
      'disabled',
      'skipped',
    ],
  ])('%s: it is not sent', async (_name, change, reason, status) => {
    const scene = await planReminder(database);
    const claimed = await claimOne(database, monday('17:00'));
    await change(scene);
    expect(await begin(database, claimed, monday('17:00'))).toBe(reason);
    expect(await stored(database, scene.messageId)).toMatchObject({
      status,
      reason,
      finalAt: '11-23 17:00:00',
      leaseUntil: null,
    });
    expect(await attempts(database, scene.messageId)).toEqual([]);
  });

  it('its deadline passes: it is not sent', async () => {
    const { messageId } = await planReminder(database);
    const claimed = await claimOne(database, tuesday('08:59:50'));
    expect(await begin(database, claimed, tuesday('09:00'))).toBe('expired');
    expect(await stored(database, messageId)).toMatchObject({
      status: 'expired',
      reason: 'deadline',
    });
  });

  it('an appointment that moves is reminded of once, at its new time', async () => {
    const scene = await planReminder(database);
    const claimed = await claimOne(database, monday('17:01'));
    await move(scene);
    await begin(database, claimed, monday('17:01'));
    await plan(database, monday('17:11'));
    await dispatch(database, monday('17:11'));
    expect(await messages(database)).toMatchObject([
      { id: scene.messageId, status: 'cancelled', reason: 'event_gone' },
      { status: 'leased', appointments: ['11-24 14:00 Reksio'] },
    ]);
    expect(await database.query('select from public.sms_attempts')).toHaveLength(1);
  });
});

it('an appointment cancelled after the last look may be reminded of: the message says it was', async () => {
  const scene = await planReminder(database);
  const claimed = await dispatch(database, monday('17:00'));
  await cancel(scene);
  await settle(database, claimed, monday('17:00'), { outcome: 'accepted', providerId: 'A1' });
  expect(await stored(database, scene.messageId)).toMatchObject({ status: 'sent', reason: null });
});

it.each(['no_phone', 'not_mobile', 'country_blocked', 'template', 'too_long'])(
  'a message with the problem %s is skipped, and nothing is tried',
  async (problem) => {
    const { messageId } = await planReminder(database);
    const claimed = await claimOne(database, monday('17:00'));
    expect(await begin(database, claimed, monday('17:00'), { problem })).toBe(problem);
    expect(await stored(database, messageId)).toMatchObject({ status: 'skipped', reason: problem });
    expect(await attempts(database, messageId)).toEqual([]);
  },
);

it('a message that may have arrived is given up rather than skipped', async () => {
  const scene = await planReminder(database);
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
  const again = await claimOne(database, monday('17:02'));
  await setClient('has_gdpr_consent', false)(scene);
  expect(await begin(database, again, monday('17:02'))).toBe('no_consent');
  expect(await stored(database, scene.messageId)).toMatchObject({
    status: 'dead',
    reason: 'ambiguous',
  });
});

describe('a lease', () => {
  it('that is not the one given out gives no leave', async () => {
    const { messageId } = await planReminder(database);
    await claimOne(database, monday('17:00'));
    const forged = { message_id: messageId, lease_token: crypto.randomUUID() };
    expect(await begin(database, forged, monday('17:00'))).toBe('lost_lease');
  });

  it('that has ended gives no leave, whether it was taken back or not', async () => {
    await planReminder(database);
    const slow = await claimOne(database, monday('17:00'));
    expect(await begin(database, slow, monday('17:01'))).toBe('lost_lease');
    await sweep(database, monday('17:02'));
    const next = await claimOne(database, monday('17:02'));
    expect(await begin(database, slow, monday('17:02'))).toBe('lost_lease');
    expect(await begin(database, next, monday('17:02'))).toBe('go');
  });

  it('gives leave once', async () => {
    await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'));
    await expect(begin(database, claimed, monday('17:00'))).rejects.toThrow(/sms_attempts_pkey/);
  });
});
