import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  type Outcome,
  recoverAndExpire,
  settle,
  TWILIO,
} from '../support/outbox.ts';
import {
  createAppointment,
  createRemindedClient,
  forgetReminders,
  plan,
} from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

// Twilio does not recognize a repeated message, so one that may have been sent is looked up first.
let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
  const claimed = await dispatch(database, monday('17:00'), TWILIO);
  await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
});
afterAll(() => database.drop());

async function lookUp(time: string, outcome: Outcome) {
  const claimed = await claimOne(database, monday(time), TWILIO);
  return await settle(database, claimed, monday(time), outcome);
}

const notFound: Outcome = { outcome: 'not_found' };

it('a message that is found is stored as sent and not sent again', async () => {
  expect(await lookUp('17:02', { outcome: 'accepted', providerId: 'SM1' })).toBe('sent');
  expect(await readMessage(database, scene.messageId)).toMatchObject({
    status: 'sent',
    providerId: 'SM1',
    attempts: 1,
  });
  expect(await readAttempts(database, scene.messageId)).toHaveLength(1);
  expect(await claim(database, monday('18:00'), { provider: TWILIO })).toEqual([]);
});

it('a failed look-up is repeated after two minutes without counting', async () => {
  expect(await lookUp('17:02', { outcome: 'unavailable', code: 'http_503' })).toBe('unknown');
  expect(await lookUp('17:04', notFound)).toBe('unknown');
  expect(await readMessage(database, scene.messageId)).toMatchObject({
    status: 'unknown',
    next: '11-23 17:12:00',
  });
});

describe('a message that is not found', () => {
  it('is looked up again after eight minutes, since the list may lag', async () => {
    expect(await lookUp('17:02', notFound)).toBe('unknown');
    expect(await claim(database, monday('17:09:59'), { provider: TWILIO })).toEqual([]);
    expect(await lookUp('17:10', { outcome: 'accepted', providerId: 'SM1' })).toBe('sent');
  });

  it('twice is held until its deadline and then given up', async () => {
    await lookUp('17:02', notFound);
    expect(await lookUp('17:10', notFound)).toBe('held');
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'unknown',
      reason: 'held',
      finalAt: null,
    });
    expect(await claim(database, tuesday('08:00'), { provider: TWILIO })).toEqual([]);
    await recoverAndExpire(database, tuesday('09:00'));
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'dead',
      reason: 'ambiguous',
    });
  });

  it('twice is sent again if so configured', async () => {
    await lookUp('17:02', notFound);
    expect(await lookUp('17:10', { ...notFound, onAmbiguous: 'resend' })).toBe('retry');
    const again = await dispatch(database, monday('17:10'), TWILIO);
    expect(again.was_unknown).toBe(false);
    expect(await readMessage(database, scene.messageId)).toMatchObject({ attempts: 2 });
  });

  it('is looked up from the first POST on, even after it was sent again', async () => {
    await lookUp('17:02', notFound);
    await lookUp('17:10', { ...notFound, onAmbiguous: 'resend' });
    const again = await dispatch(database, monday('17:10'), TWILIO);
    await settle(database, again, monday('17:10'), { outcome: 'ambiguous', code: 'timeout' });
    expect(await claimOne(database, monday('17:12'), TWILIO)).toMatchObject({
      was_unknown: true,
      sent_since: new Date(monday('17:00')),
    });
  });
});

describe('two clients with the same number and text', () => {
  beforeEach(async () => {
    const tomasz = await createRemindedClient(database, scene.salon.id, { name: 'Tomasz' });
    await createAppointment(database, scene.salon.id, { client: tomasz, start: tuesday('11:00') });
    await plan(database, monday('17:00'));
  });

  it('a look-up does not match the message of the other client', async () => {
    const his = await dispatch(database, monday('17:01'), TWILIO);
    await settle(database, his, monday('17:01'), { outcome: 'accepted', providerId: 'SM2' });
    expect(await lookUp('17:02', { outcome: 'accepted', providerId: 'SM2' })).toBe('unknown');
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'unknown',
      providerId: null,
    });
  });

  it('a look-up with an expired lease does not match it either', async () => {
    const his = await dispatch(database, monday('17:01'), TWILIO);
    const slow = await claimOne(database, monday('17:02'), TWILIO);
    await settle(database, his, monday('17:02'), { outcome: 'accepted', providerId: 'SM2' });
    await recoverAndExpire(database, monday('17:04'));
    expect(
      await settle(database, slow, monday('17:04'), { outcome: 'accepted', providerId: 'SM2' }),
    ).toBe('lost_lease');
    expect(await readMessage(database, scene.messageId)).toMatchObject({ status: 'unknown' });
  });
});

it('a look-up whose run died is repeated', async () => {
  await claimOne(database, monday('17:02'), TWILIO);
  expect(await recoverAndExpire(database, monday('17:04'))).toEqual({
    requeued: 0,
    unknown: 1,
    expired: 0,
  });
  const again = await claimOne(database, monday('17:04'), TWILIO);
  expect(again).toMatchObject({ was_unknown: true, sent_since: new Date(monday('17:00')) });
  expect(await beginDispatch(database, again, monday('17:06'))).toBe('lost_lease');
});
