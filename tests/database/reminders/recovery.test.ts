import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  claim,
  claimOne,
  dispatch,
  type Provider,
  recoverAndExpire,
  settle,
  SMSAPI,
  TWILIO,
} from '../support/outbox.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database, {
    appointments: [{ start: tuesday('20:00'), pet: 'Reksio' }],
  });
});
afterAll(() => database.drop());

const message = () => readMessage(database, scene.messageId);
const nothing = { requeued: 0, unknown: 0, expired: 0 };

describe('a run that died', () => {
  it.each([SMSAPI, TWILIO])(
    'before the dispatch: the message is sent by the next run, once ($name)',
    async (provider) => {
      await claimOne(database, monday('17:00'), provider);
      const before = await message();
      expect(await recoverAndExpire(database, monday('17:02'))).toEqual({
        ...nothing,
        requeued: 1,
      });
      expect(await message()).toEqual({
        ...before,
        ...{ status: 'pending', reason: 'lease_expired', next: '11-23 17:02:00', leaseUntil: null },
      });
      await dispatch(database, monday('17:02'), provider);
      expect(await readAttempts(database, scene.messageId)).toHaveLength(1);
    },
  );

  it('during a dispatch to SMSAPI: the message is sent again, which SMSAPI recognizes', async () => {
    await dispatch(database, monday('17:00'), SMSAPI);
    expect(await recoverAndExpire(database, monday('17:02'))).toEqual({ ...nothing, requeued: 1 });
    const again = await dispatch(database, monday('17:02'), SMSAPI);
    expect(again).toMatchObject({ message_id: scene.messageId });
    // SMSAPI responds that it already has the message.
    expect(await settle(database, again, monday('17:02'), { outcome: 'accepted' })).toBe('sent');
    expect(await message()).toMatchObject({ status: 'sent', maybeSince: '11-23 17:00:00' });
  });

  it('during a dispatch to Twilio: the message is looked up, not sent again', async () => {
    await dispatch(database, monday('17:00'), TWILIO);
    const before = await message();
    expect(await recoverAndExpire(database, monday('17:02'))).toEqual({ ...nothing, unknown: 1 });
    expect(await message()).toEqual({
      ...before,
      ...{ status: 'unknown', reason: 'lease_expired', next: '11-23 17:02:00', leaseUntil: null },
      maybeSince: '11-23 17:00:00',
    });
    const lookUp = await claimOne(database, monday('17:02'), TWILIO);
    expect(lookUp).toMatchObject({ was_unknown: true, sent_since: new Date(monday('17:00')) });
    await settle(database, lookUp, monday('17:02'), { outcome: 'accepted', providerId: 'SM1' });
    expect(await message()).toMatchObject({ status: 'sent', providerId: 'SM1' });
    expect(await readAttempts(database, scene.messageId)).toHaveLength(1);
  });

  it('repeatedly: the first time at which it may have been sent is kept', async () => {
    await dispatch(database, monday('17:00'), SMSAPI);
    await recoverAndExpire(database, monday('17:02'));
    await dispatch(database, monday('17:03'), SMSAPI);
    await recoverAndExpire(database, monday('17:05'));
    await claimOne(database, monday('17:06'), SMSAPI);
    await recoverAndExpire(database, monday('17:08'));
    expect(await message()).toMatchObject({ status: 'pending', maybeSince: '11-23 17:00:00' });
  });
});

it('a message with a valid lease is left to its run', async () => {
  await claimOne(database, monday('17:00'));
  expect(await recoverAndExpire(database, monday('17:01'))).toEqual(nothing);
  expect(await recoverAndExpire(database, monday('17:01:01'))).toEqual({ ...nothing, requeued: 1 });
});

it('a message that is being settled is left to its run', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await database.as('service_role', null, async (client) => {
    await client.query(
      `select public.sms_settle($1, $2, 'accepted', p_now => $3)`,
      [claimed.message_id, claimed.lease_token, monday('17:02')],
    );
    expect(await recoverAndExpire(database, monday('17:02'))).toEqual(nothing);
  });
  expect(await message()).toMatchObject({ status: 'sent' });
});

describe('a message that may have been sent', () => {
  async function sendAmbiguously(provider: Provider) {
    const claimed = await dispatch(database, monday('17:00'), provider);
    await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
  }

  // SMSAPI recognizes our id of a message for 24 hours.
  it.each([SMSAPI, TWILIO])('is given up after 20 hours ($name)', async (provider) => {
    await sendAmbiguously(provider);
    expect(await recoverAndExpire(database, tuesday('13:00'))).toEqual(nothing);
    expect(await recoverAndExpire(database, tuesday('13:00:01'))).toEqual({
      ...nothing,
      expired: 1,
    });
    expect(await message()).toMatchObject({
      status: 'dead',
      reason: 'ambiguous',
      finalAt: '11-24 13:00:01',
    });
    expect(await claim(database, tuesday('13:01'), { provider })).toEqual([]);
  });

  it('is given up after 20 hours even if a run has claimed it', async () => {
    await sendAmbiguously(SMSAPI);
    await claimOne(database, tuesday('12:59'), SMSAPI);
    expect(await recoverAndExpire(database, tuesday('13:01'))).toEqual({
      requeued: 1,
      unknown: 0,
      expired: 1,
    });
    expect(await message()).toMatchObject({ status: 'dead', reason: 'ambiguous' });
  });
});

describe('at its deadline', () => {
  beforeEach(() =>
    database.query(`update public.sms_messages set not_after = '${tuesday('08:00')}'`)
  );

  it('a message that was never sent expires', async () => {
    const before = await message();
    expect(await recoverAndExpire(database, tuesday('07:59'))).toEqual(nothing);
    expect(await recoverAndExpire(database, tuesday('08:00'))).toEqual({ ...nothing, expired: 1 });
    expect(await message()).toEqual({
      ...before,
      ...{ status: 'expired', reason: 'deadline', finalAt: '11-24 08:00:00' },
    });
    expect(await recoverAndExpire(database, tuesday('08:00'))).toEqual(nothing);
  });

  it.each([SMSAPI, TWILIO])('a message that may have been sent is given up ($name)', async (by) => {
    await dispatch(database, monday('17:00'), by);
    await recoverAndExpire(database, monday('17:02'));
    expect(await recoverAndExpire(database, tuesday('08:00'))).toEqual({ ...nothing, expired: 1 });
    expect(await message()).toMatchObject({ status: 'dead', reason: 'ambiguous' });
  });

  it('a claimed message is left to its run', async () => {
    await claimOne(database, tuesday('07:59:30'));
    expect(await recoverAndExpire(database, tuesday('08:00'))).toEqual(nothing);
    expect(await message()).toMatchObject({ status: 'leased' });
  });
});
