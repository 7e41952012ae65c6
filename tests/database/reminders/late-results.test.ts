import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  type Claim,
  claimOne,
  dispatch,
  type Outcome,
  recoverAndExpire,
  settle,
  SMSAPI,
  TWILIO,
} from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import { cancelAppointment, forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
});
afterAll(() => database.drop());

const accepted = (providerId: string): Outcome => ({ outcome: 'accepted', providerId });
const settleLate = (claimed: Claim, outcome: Outcome) =>
  settle(database, claimed, monday('17:05'), outcome);
const message = () => readMessage(database, scene.messageId);
const providerIds = async () =>
  (await readAttempts(database, scene.messageId)).map((attempt) => attempt['providerId']);

/** A run that POSTs at 17:00 and returns after its lease has expired. */
async function slowRun(provider = TWILIO): Promise<Claim> {
  const slow = await dispatch(database, monday('17:00'), provider);
  await recoverAndExpire(database, monday('17:02'));
  return slow;
}

it.each(['permanent', 'transient', 'account', 'ambiguous', 'not_found', 'unavailable'])(
  'an unknown lease token settles nothing: %s',
  async (outcome) => {
    await dispatch(database, monday('17:00'));
    const before = await message();
    const forged = { message_id: scene.messageId, lease_token: randomUUID() };
    expect(await settle(database, forged, monday('17:00'), { outcome, optOut: true }))
      .toBe('lost_lease');
    expect(await message()).toEqual(before);
    expect(await readAttempts(database, scene.messageId)).toMatchObject([{ outcome: null }]);
    expect(await database.query('select from public.sms_opt_outs')).toEqual([]);
  },
);

describe('a late acceptance', () => {
  const lateAcceptance = {
    status: 'sent',
    reason: 'late_ack',
    providerId: 'SM1',
    leaseUntil: null,
  };

  it('marks a message as sent after its lease expired', async () => {
    const slow = await slowRun();
    const before = await message();
    expect(before).toMatchObject({ status: 'unknown' });
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await message()).toEqual({ ...before, ...lateAcceptance, sentAt: '11-23 17:05:00' });
    expect(await readAttempts(database, scene.messageId)).toMatchObject([
      { outcome: 'accepted', providerId: 'SM1', ended: '11-23 17:05:00' },
    ]);
  });

  it('marks a message as sent after it was given up', async () => {
    const slow = await slowRun();
    await recoverAndExpire(database, tuesday('09:00'));
    expect(await message()).toMatchObject({ status: 'dead' });
    expect(await settle(database, slow, tuesday('09:00'), accepted('SM1'))).toBe('late_ack');
    expect(await message()).toMatchObject({ ...lateAcceptance, finalAt: null });
  });

  it('marks a message as sent although its appointment was cancelled meanwhile', async () => {
    const slow = await slowRun(SMSAPI);
    const next = await claimOne(database, monday('17:03'));
    await cancelAppointment(database, scene.appointmentIds[0] ?? '');
    await beginDispatch(database, next, monday('17:03'));
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await message()).toMatchObject(lateAcceptance);
  });

  it('keeps the next run from sending it again', async () => {
    const slow = await slowRun(SMSAPI);
    const next = await claimOne(database, monday('17:05'));
    await settleLate(slow, accepted('SM1'));
    expect(await message()).toMatchObject(lateAcceptance);
    expect(await beginDispatch(database, next, monday('17:05'))).toBe('lost_lease');
    expect(await readAttempts(database, scene.messageId)).toHaveLength(1);
  });
});

it.each(['delivered', 'undelivered', 'failed'] as const)(
  'an acceptance after its own receipt leaves the message %s',
  async (status) => {
    const slow = await dispatch(database, monday('17:00'));
    const early = receipt(status, { messageId: scene.messageId });
    await applyReceipts(database, [early]);
    const before = await message();
    expect(await settle(database, slow, monday('17:01'), accepted('A1'))).toBe('late_ack');
    expect(await message()).toEqual({ ...before, status, providerId: 'A1' });
  },
);

describe('two runs that sent the same message', () => {
  async function bothSend(): Promise<[Claim, Claim]> {
    const slow = await slowRun(SMSAPI);
    return [slow, await dispatch(database, monday('17:04'))];
  }

  it('are a suspected duplicate if the provider returned two ids, which are both stored', async () => {
    const [slow, next] = await bothSend();
    expect(await settleLate(next, accepted('SM2'))).toBe('sent');
    expect(await settleLate(slow, accepted('SM1'))).toBe('duplicate_suspected');
    expect(await message()).toMatchObject({
      status: 'sent',
      reason: 'duplicate_suspected',
      providerId: 'SM2',
    });
    expect(await providerIds()).toEqual(['SM1', 'SM2']);
  });

  it('are a suspected duplicate whichever result arrives first', async () => {
    const [slow, next] = await bothSend();
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await settleLate(next, accepted('SM2'))).toBe('duplicate_suspected');
    expect(await message()).toMatchObject({ providerId: 'SM1' });
    expect(await providerIds()).toEqual(['SM1', 'SM2']);
  });

  it.each<[string, Outcome, Outcome]>([
    ['the same id', accepted('SM1'), accepted('SM1')],
    ['an id, then “already accepted”', accepted('SM1'), { outcome: 'accepted' }],
    ['“already accepted”, then an id', { outcome: 'accepted' }, accepted('SM1')],
  ])('are one SMS if the provider returned %s', async (_name, first, second) => {
    const [slow, next] = await bothSend();
    expect(await settleLate(next, first)).toBe('sent');
    expect(await settleLate(slow, second)).toBe('late_ack');
    expect(await message()).toMatchObject({ status: 'sent', reason: null, providerId: 'SM1' });
  });

  it('leave the message sent if one was accepted and the other refused', async () => {
    const [slow, next] = await bothSend();
    await settleLate(next, accepted('SM2'));
    expect(await settleLate(slow, { outcome: 'permanent', code: '13' })).toBe('lost_lease');
    expect(await message()).toMatchObject({ status: 'sent', code: null, providerId: 'SM2' });
  });
});

it('settling twice changes nothing', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), accepted('SM1'));
  const before = await message();
  expect(await settle(database, claimed, monday('17:01'), accepted('SM1'))).toBe('late_ack');
  expect(await message()).toEqual(before);
});
