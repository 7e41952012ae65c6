import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import { startTwilioServer, type TwilioServer } from '../../support/twilio-server.ts';
import {
  createDueReminders,
  minutesFromNow,
  readMessage,
  type Reminders,
  smsapiEnv,
  startReminders,
  twilioEnv,
} from '../support/sms-reminders.ts';

/** Minutes after which the lease of a crashed run has ended, and a second look-up is due. */
const AFTER_THE_LEASE = 2;
const AFTER_A_LOOKUP = 15;

type Moment = 'call' | 'answer';

/** Where the function is killed: before or after a call of the database. */
const CRASHES: [when: string, rpc: string, moment: Moment][] = [
  ['while it claims', 'sms_claim', 'call'],
  ['after the claim', 'sms_claim', 'answer'],
  ['before it may send', 'sms_begin_dispatch', 'call'],
  ['between the permission to send and the POST', 'sms_begin_dispatch', 'answer'],
  ['after the POST', 'sms_settle', 'call'],
  ['after it has settled', 'sms_settle', 'answer'],
  ['at the end', 'sms_finish_run', 'call'],
];

let reminders: Reminders;

async function crashAt(rpc: string, moment: Moment): Promise<void> {
  const held = reminders.gate.hold(rpc, moment);
  await reminders.call();
  await held.reached;
  await reminders.crash();
  held.release();
}

function expectNothingPrivate(): void {
  expect(reminders.output()).not.toMatch(/600100000|Przypomnienie|-token/);
}

describe('through SMSAPI', () => {
  let provider: SmsapiServer;

  beforeAll(async () => {
    provider = await startSmsapiServer();
    reminders = await startReminders(smsapiEnv(provider));
  });
  beforeEach(async () => {
    provider.forget();
    await forgetReminders(reminders.database);
    await createDueReminders(reminders.database);
  });
  afterEach(expectNothingPrivate);
  afterAll(async () => {
    await reminders.stop();
    await provider.stop();
  });

  test.each(CRASHES)('a crash %s makes one message', async (_when, rpc, moment) => {
    await crashAt(rpc, moment);
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    await reminders.run({ at: minutesFromNow(AFTER_A_LOOKUP) });
    expect(provider.messages).toMatchObject([{ to: '48600100000' }]);
    expect(await readMessage(reminders.database))
      .toMatchObject({ status: 'sent', lease_token: null });
  });

  test('a crash while the provider has the request makes one message', async () => {
    provider.delay(1000);
    await reminders.call();
    await expect.poll(() => provider.received.length).toBe(1);
    await reminders.crash();
    provider.delay(0);
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    expect(provider.received).toHaveLength(2);
    expect(provider.messages).toHaveLength(1);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'sent' });
  });

  test('a database that is unreachable after the POST makes one message', async () => {
    reminders.gate.refuse('sms_settle');
    expect(await reminders.run()).toMatchObject({ counts: { unknown: 1 } });
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'leased' });
    reminders.gate.admit('sms_settle');
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    expect(provider.messages).toHaveLength(1);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'sent' });
  });

  test('a run so slow that another takes over its message makes one message', async () => {
    const held = reminders.gate.hold('sms_settle', 'call');
    await reminders.call();
    await held.reached;
    expect(await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) }))
      .toMatchObject({ counts: { sent: 1 } });
    expect(await readMessage(reminders.database)).toMatchObject({ provider_message_id: null });
    held.release();
    const [sent] = provider.messages;
    await expect.poll(async () => (await readMessage(reminders.database)).provider_message_id)
      .toBe(sent?.id);
    expect(provider.messages).toHaveLength(1);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'sent' });
  });
});

describe('through Twilio', () => {
  let provider: TwilioServer;

  const env = () => ({ ...twilioEnv(provider), SMS_CALLBACK_PUBLIC_URL: undefined });

  beforeAll(async () => {
    provider = await startTwilioServer();
    reminders = await startReminders(env());
  });
  beforeEach(async () => {
    provider.forget();
    await forgetReminders(reminders.database);
    await createDueReminders(reminders.database);
  });
  afterEach(expectNothingPrivate);
  afterAll(async () => {
    await reminders.stop();
    await provider.stop();
  });

  test.each(CRASHES.filter(([, rpc, moment]) => rpc !== 'sms_begin_dispatch' || moment === 'call'))(
    'a crash %s makes one message',
    async (_when, rpc, moment) => {
      await crashAt(rpc, moment);
      await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
      await reminders.run({ at: minutesFromNow(AFTER_A_LOOKUP) });
      const messages = await provider.messages();
      expect(messages).toMatchObject([{ to: '+48600100000' }]);
      expect(await readMessage(reminders.database))
        .toMatchObject({ status: 'sent', provider_message_id: messages[0]?.sid });
    },
  );

  test('a crash between the permission to send and the POST makes none, and is recorded', async () => {
    await crashAt('sms_begin_dispatch', 'answer');
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    await reminders.run({ at: minutesFromNow(AFTER_A_LOOKUP) });
    expect(await provider.messages()).toEqual([]);
    expect(await readMessage(reminders.database))
      .toMatchObject({ status: 'unknown', reason: 'held' });
  });

  test('a database that is unreachable after the POST makes one message', async () => {
    reminders.gate.refuse('sms_settle');
    await reminders.run();
    reminders.gate.admit('sms_settle');
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    expect(await provider.messages()).toHaveLength(1);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'sent' });
  });

  // The last, since it changes the configuration.
  test('a crash between the permission to send and the POST makes one message if ambiguous ones are resent', async () => {
    await reminders.reconfigure({ ...env(), SMS_ON_AMBIGUOUS: 'resend' });
    await crashAt('sms_begin_dispatch', 'answer');
    await reminders.run({ at: minutesFromNow(AFTER_THE_LEASE) });
    await reminders.run({ at: minutesFromNow(AFTER_A_LOOKUP) });
    expect(await provider.messages()).toHaveLength(1);
    expect(await readMessage(reminders.database)).toMatchObject({ status: 'sent' });
  });
});
