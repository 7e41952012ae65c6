import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  type Provider,
  settle,
  SMSAPI,
  TWILIO,
} from '../support/outbox.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder } from '../support/scene.ts';
import { readMessage } from '../support/message-records.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

describe('a paused provider', () => {
  const pause = async (until: string) =>
    await database.query(`insert into public.sms_provider_state values ('smsapi', $1, '103')`, [
      until,
    ]);

  it('gets no messages until the pause ends', async () => {
    await planReminder(database);
    await pause(monday('17:15'));
    expect(await claim(database, monday('17:14'))).toEqual([]);
    expect(await claim(database, monday('17:15'))).toHaveLength(1);
  });

  it('does not pause the other provider', async () => {
    await planReminder(database);
    await pause(monday('17:15'));
    expect(await claim(database, monday('17:00'), { provider: TWILIO })).toHaveLength(1);
  });
});

describe('a message that may have been sent', () => {
  async function sendAmbiguously(provider: Provider) {
    const { messageId } = await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'), provider);
    await settle(database, claimed, monday('17:01'), { outcome: 'ambiguous', code: 'timeout' });
    return messageId;
  }

  it.each([SMSAPI, TWILIO])(
    'is claimed again after two minutes as the same attempt, with its text: $name',
    async (provider) => {
      const messageId = await sendAmbiguously(provider);
      expect(await claim(database, monday('17:02:59'), { provider })).toEqual([]);
      expect(await claimOne(database, monday('17:03'), provider)).toMatchObject({
        was_unknown: true,
        sent_to: '+48600100200',
        sent_body: 'Do jutra!',
        sent_since: new Date(monday('17:00')),
      });
      expect(await readMessage(database, messageId)).toMatchObject({ attempts: 1 });
    },
  );

  it('is not given to another provider, which would send it again', async () => {
    await sendAmbiguously(TWILIO);
    expect(await claim(database, monday('18:00'), { provider: SMSAPI })).toEqual([]);
  });

  it('is given to another provider only if the first one did not send it', async () => {
    await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'), TWILIO);
    await settle(database, claimed, monday('17:00'), { outcome: 'transient', code: 'http_429' });
    const taken = await claimOne(database, monday('17:05'), SMSAPI);
    expect(taken).toMatchObject({ was_unknown: false, sent_since: null });
    expect(await beginDispatch(database, taken, monday('17:05'))).toBe('go');
  });
});
