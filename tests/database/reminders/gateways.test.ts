import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  begin,
  claim,
  claimOne,
  dispatch,
  type Gateway,
  settle,
  SMSAPI,
  TWILIO,
} from '../support/outbox.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder } from '../support/scene.ts';
import { stored } from '../support/stored-messages.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

describe('a gateway that pauses', () => {
  const pause = async (until: string) =>
    await database.query(`insert into public.sms_provider_state values ('smsapi', $1, '103')`, [
      until,
    ]);

  it('is given nothing until the pause is over', async () => {
    await planReminder(database);
    await pause(monday('17:15'));
    expect(await claim(database, monday('17:14'))).toEqual([]);
    expect(await claim(database, monday('17:15'))).toHaveLength(1);
  });

  it('leaves the other one at work', async () => {
    await planReminder(database);
    await pause(monday('17:15'));
    expect(await claim(database, monday('17:00'), { gateway: TWILIO })).toHaveLength(1);
  });
});

describe('a message of which it is not known whether it was sent', () => {
  async function sendIntoTheDark(gateway: Gateway) {
    const { messageId } = await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'), gateway);
    await settle(database, claimed, monday('17:01'), { outcome: 'ambiguous', code: 'timeout' });
    return messageId;
  }

  it.each([SMSAPI, TWILIO])(
    'is claimed again after two minutes with what was sent, as the same attempt: $name',
    async (gateway) => {
      const messageId = await sendIntoTheDark(gateway);
      expect(await claim(database, monday('17:02:59'), { gateway })).toEqual([]);
      expect(await claimOne(database, monday('17:03'), gateway)).toMatchObject({
        was_unknown: true,
        sent_to: '+48600100200',
        sent_body: 'Do jutra!',
        sent_since: new Date(monday('17:00')),
      });
      expect(await stored(database, messageId)).toMatchObject({ attempts: 1 });
    },
  );

  it('is not given to another gateway, which would send it a second time', async () => {
    await sendIntoTheDark(TWILIO);
    expect(await claim(database, monday('18:00'), { gateway: SMSAPI })).toEqual([]);
  });

  it('is given to another gateway if the first one certainly did not send it', async () => {
    await planReminder(database);
    const claimed = await dispatch(database, monday('17:00'), TWILIO);
    await settle(database, claimed, monday('17:00'), { outcome: 'transient', code: 'http_429' });
    const taken = await claimOne(database, monday('17:05'), SMSAPI);
    expect(taken).toMatchObject({ was_unknown: false, sent_since: null });
    expect(await begin(database, taken, monday('17:05'))).toBe('go');
  });
});
