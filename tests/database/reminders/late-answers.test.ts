import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  begin,
  type Claim,
  claimOne,
  dispatch,
  type Outcome,
  settle,
  SMSAPI,
  sweep,
  TWILIO,
} from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import { cancelAppointment, forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { attempts, stored } from '../support/stored-messages.ts';

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
const message = () => stored(database, scene.messageId);
const providerIds = async () =>
  (await attempts(database, scene.messageId)).map((attempt) => attempt['providerId']);

/** A run that POSTs at 17:00 and is heard of again when its lease is long over. */
async function slowRun(gateway = TWILIO): Promise<Claim> {
  const slow = await dispatch(database, monday('17:00'), gateway);
  await sweep(database, monday('17:02'));
  return slow;
}

it.each(['permanent', 'transient', 'account', 'ambiguous', 'not_found', 'unavailable'])(
  'a lease that was never given out settles nothing: %s',
  async (outcome) => {
    await dispatch(database, monday('17:00'));
    const before = await message();
    const forged = { message_id: scene.messageId, lease_token: randomUUID() };
    expect(await settle(database, forged, monday('17:00'), { outcome, optOut: true }))
      .toBe('lost_lease');
    expect(await message()).toEqual(before);
    expect(await attempts(database, scene.messageId)).toMatchObject([{ outcome: null }]);
    expect(await database.query('select from public.sms_opt_outs')).toEqual([]);
  },
);

describe('an acceptance that comes late', () => {
  const sentLate = { status: 'sent', reason: 'late_ack', providerId: 'SM1', leaseUntil: null };

  it('is true of a message that was taken back', async () => {
    const slow = await slowRun();
    expect(await message()).toMatchObject({ status: 'unknown' });
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await message()).toMatchObject({ ...sentLate, sentAt: '11-23 17:05:00' });
    expect(await attempts(database, scene.messageId)).toMatchObject([
      { outcome: 'accepted', providerId: 'SM1', ended: '11-23 17:05:00' },
    ]);
  });

  it('is true of a message that was given up', async () => {
    const slow = await slowRun();
    await sweep(database, tuesday('09:00'));
    expect(await message()).toMatchObject({ status: 'dead' });
    expect(await settle(database, slow, tuesday('09:00'), accepted('SM1'))).toBe('late_ack');
    expect(await message()).toMatchObject({ ...sentLate, finalAt: null });
  });

  it('is true of a message whose appointment was cancelled meanwhile', async () => {
    const slow = await slowRun(SMSAPI);
    const next = await claimOne(database, monday('17:03'));
    await cancelAppointment(database, scene.appointmentIds[0] ?? '');
    await begin(database, next, monday('17:03'));
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await message()).toMatchObject(sentLate);
  });

  it('keeps the next run from sending a second SMS', async () => {
    const slow = await slowRun(SMSAPI);
    const next = await claimOne(database, monday('17:05'));
    await settleLate(slow, accepted('SM1'));
    expect(await message()).toMatchObject(sentLate);
    expect(await begin(database, next, monday('17:05'))).toBe('lost_lease');
    expect(await attempts(database, scene.messageId)).toHaveLength(1);
  });
});

it.each(['delivered', 'undelivered', 'failed'] as const)(
  'an acceptance that comes after its own receipt leaves the message %s',
  async (status) => {
    const slow = await dispatch(database, monday('17:00'));
    const early = receipt(status, { messageId: scene.messageId });
    await applyReceipts(database, [early]);
    expect(await settle(database, slow, monday('17:01'), accepted('A1'))).toBe('late_ack');
    expect(await message()).toMatchObject({ status, providerId: 'A1' });
  },
);

describe('two runs that sent the same message', () => {
  async function bothSend(): Promise<[Claim, Claim]> {
    const slow = await slowRun(SMSAPI);
    return [slow, await dispatch(database, monday('17:04'))];
  }

  it('may have made two SMS when the gateway gave two ids: both are kept', async () => {
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

  it('may have made two SMS whichever answers first', async () => {
    const [slow, next] = await bothSend();
    expect(await settleLate(slow, accepted('SM1'))).toBe('late_ack');
    expect(await settleLate(next, accepted('SM2'))).toBe('duplicate_suspected');
    expect(await message()).toMatchObject({ providerId: 'SM1' });
    expect(await providerIds()).toEqual(['SM1', 'SM2']);
  });

  it.each<[string, Outcome, Outcome]>([
    ['the same id', accepted('SM1'), accepted('SM1')],
    ['an id, and then that it has the message', accepted('SM1'), { outcome: 'accepted' }],
    ['that it has the message, and then an id', { outcome: 'accepted' }, accepted('SM1')],
  ])('made one when the gateway gave %s', async (_name, first, second) => {
    const [slow, next] = await bothSend();
    expect(await settleLate(next, first)).toBe('sent');
    expect(await settleLate(slow, second)).toBe('late_ack');
    expect(await message()).toMatchObject({ status: 'sent', reason: null, providerId: 'SM1' });
  });

  it('are believed when one says sent and the other refused', async () => {
    const [slow, next] = await bothSend();
    await settleLate(next, accepted('SM2'));
    expect(await settleLate(slow, { outcome: 'permanent', code: '13' })).toBe('lost_lease');
    expect(await message()).toMatchObject({ status: 'sent', code: null, providerId: 'SM2' });
  });
});

it('a run that settles twice, because it did not hear the answer, changes nothing more', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), accepted('SM1'));
  const before = await message();
  expect(await settle(database, claimed, monday('17:01'), accepted('SM1'))).toBe('late_ack');
  expect(await message()).toEqual(before);
});
