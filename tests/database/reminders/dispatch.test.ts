import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne, dispatch, recoverAndExpire, settle } from '../support/outbox.ts';
import {
  cancelAppointment,
  changeSettings,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
} from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

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

it('a dispatch stores the text, the number and the time', async () => {
  const { messageId } = await planReminder(database, { settings: { sender: 'PsiaLapa' } });
  const claimed = await claimOne(database, monday('17:00'));
  const before = await readMessage(database, messageId);
  expect(await beginDispatch(database, claimed, monday('17:00:30'), { segments: 2 })).toBe('go');
  expect(await readMessage(database, messageId)).toEqual({
    ...before,
    ...{ phone: ANNAS_PHONE, segments: 2, startedAt: '11-23 17:00:30' },
  });
  expect(await database.query('select body, encoding, sender from public.sms_messages')).toEqual([
    { body: 'Do jutra!', encoding: 'GSM-7', sender: 'PsiaLapa' },
  ]);
  expect(await readAttempts(database, messageId)).toMatchObject([
    { provider: 'smsapi', started: '11-23 17:00:30', ended: null, outcome: null },
  ]);
});

describe('a change between claim and POST', () => {
  it.each<[string, (scene: Scene) => Promise<unknown>, string, string]>([
    ['the appointment is cancelled', cancel, 'event_gone', 'cancelled'],
    ['the appointment moves', move, 'event_gone', 'cancelled'],
    ['consent is withdrawn', setClient('has_gdpr_consent', false), 'no_consent', 'skipped'],
    ['the client opts out', optOut, 'opted_out', 'skipped'],
    [
      'the salon switches reminders off',
      ({ salon }) => changeSettings(database, salon.id, { enabled: false }),
      'disabled',
      'skipped',
    ],
  ])('%s: the message is not sent', async (_name, change, reason, status) => {
    const scene = await planReminder(database);
    const claimed = await claimOne(database, monday('17:00'));
    await change(scene);
    const before = await readMessage(database, scene.messageId);
    expect(await beginDispatch(database, claimed, monday('17:00'))).toBe(reason);
    expect(await readMessage(database, scene.messageId)).toEqual({
      ...before,
      ...{ status, reason, finalAt: '11-23 17:00:00', leaseUntil: null, phone: ANNAS_PHONE },
    });
    expect(await readAttempts(database, scene.messageId)).toEqual([]);
  });

  it('the client is deleted: the message is not sent', async () => {
    const { anna, messageId } = await planReminder(database);
    const claimed = await claimOne(database, monday('17:00'));
    await database.query('delete from public.clients where id = $1', [anna.id]);
    expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('lost_lease');
    expect(await readMessage(database, messageId)).toMatchObject({
      status: 'cancelled',
      reason: 'erased',
      leaseUntil: null,
    });
    expect(await readAttempts(database, messageId)).toEqual([]);
  });

  it('its deadline passes: the message is not sent', async () => {
    const { messageId } = await planReminder(database);
    const claimed = await claimOne(database, tuesday('08:59:50'));
    expect(await beginDispatch(database, claimed, tuesday('09:00'))).toBe('expired');
    expect(await readMessage(database, messageId)).toMatchObject({
      status: 'expired',
      reason: 'deadline',
    });
  });

  it('the appointment moves: one message is sent, about its new time', async () => {
    const scene = await planReminder(database);
    const claimed = await claimOne(database, monday('17:01'));
    await move(scene);
    await beginDispatch(database, claimed, monday('17:01'));
    await plan(database, monday('17:11'));
    await dispatch(database, monday('17:11'));
    expect(await messages(database)).toMatchObject([
      { id: scene.messageId, status: 'cancelled', reason: 'event_gone' },
      { status: 'leased', appointments: ['11-24 14:00 Reksio'] },
    ]);
    expect(await database.query('select from public.sms_attempts')).toHaveLength(1);
  });
});

it('a message whose appointment is cancelled after the check is stored as sent', async () => {
  const scene = await planReminder(database);
  const claimed = await dispatch(database, monday('17:00'));
  await cancel(scene);
  await settle(database, claimed, monday('17:00'), { outcome: 'accepted', providerId: 'A1' });
  expect(await readMessage(database, scene.messageId)).toMatchObject({
    status: 'sent',
    reason: null,
  });
});

it.each(['no_phone', 'not_mobile', 'country_blocked', 'template', 'too_long'])(
  'a message with the problem %s is skipped without an attempt',
  async (problem) => {
    const { messageId } = await planReminder(database);
    const claimed = await claimOne(database, monday('17:00'));
    const before = await readMessage(database, messageId);
    expect(await beginDispatch(database, claimed, monday('17:00'), { problem })).toBe(problem);
    expect(await readMessage(database, messageId)).toEqual({
      ...before,
      ...{ status: 'skipped', reason: problem, finalAt: '11-23 17:00:00', leaseUntil: null },
    });
    expect(await readAttempts(database, messageId)).toEqual([]);
  },
);

it('a message that may have been sent is given up rather than skipped', async () => {
  const scene = await planReminder(database);
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
  const again = await claimOne(database, monday('17:02'));
  await setClient('has_gdpr_consent', false)(scene);
  const before = await readMessage(database, scene.messageId);
  expect(await beginDispatch(database, again, monday('17:02'))).toBe('no_consent');
  expect(await readMessage(database, scene.messageId)).toEqual({
    ...before,
    ...{ status: 'dead', reason: 'ambiguous', finalAt: '11-23 17:02:00', leaseUntil: null },
  });
});

describe('a lease', () => {
  it('with another token does not allow a dispatch', async () => {
    const { messageId } = await planReminder(database);
    await claimOne(database, monday('17:00'));
    const forged = { message_id: messageId, lease_token: crypto.randomUUID() };
    expect(await beginDispatch(database, forged, monday('17:00'))).toBe('lost_lease');
  });

  it('that has expired does not allow a dispatch', async () => {
    await planReminder(database);
    const slow = await claimOne(database, monday('17:00'));
    expect(await beginDispatch(database, slow, monday('17:01'))).toBe('lost_lease');
    await recoverAndExpire(database, monday('17:02'));
    const next = await claimOne(database, monday('17:02'));
    expect(await beginDispatch(database, slow, monday('17:02'))).toBe('lost_lease');
    expect(await beginDispatch(database, next, monday('17:02'))).toBe('go');
  });

  it('allows one dispatch only', async () => {
    await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'));
    await expect(beginDispatch(database, claimed, monday('17:00'))).rejects.toThrow(
      /sms_attempts_pkey/,
    );
  });
});
