import { afterEach, expect, test } from 'vitest';
import type { TestApi } from '../../support/api.ts';
import { startFunction } from '../../support/functions.ts';
import { startSmsapiServer } from '../../support/smsapi-server.ts';
import { startTwilioServer } from '../../support/twilio-server.ts';
import {
  createDueReminders,
  minutesFromNow,
  readMessage,
  type Reminders,
  startReminders,
} from './support.ts';

const SMSAPI_CALLBACK_SECRET = 'a-secret-of-some-length';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Starts both functions, so that what the one tells the provider leads it to the other. */
async function startBoth(env: Record<string, string>): Promise<Reminders> {
  const withReceipts = ({ url }: TestApi) => ({
    ...env,
    SMS_CALLBACK_PUBLIC_URL: `${url}/functions/v1/sms-status`,
  });
  const reminders = await startReminders(withReceipts);
  stops.push(reminders.stop);
  const status = await startFunction('sms-status', reminders.api, withReceipts(reminders.api));
  stops.push(status.stop);
  await createDueReminders(reminders.database);
  return reminders;
}

test('Twilio sends a reminder and reports that it arrived', async () => {
  const provider = await startTwilioServer();
  stops.push(provider.stop);
  const { database, run } = await startBoth({
    SMS_PROVIDER: 'twilio',
    TWILIO_API_BASE_URL: provider.url,
    TWILIO_ACCOUNT_SID: provider.accountSid,
    TWILIO_AUTH_TOKEN: provider.authToken,
    TWILIO_FROM: provider.from,
  });
  await run();
  const [sent] = await provider.messages();
  expect(sent).toMatchObject({
    to: '+48600100000',
    body: expect.stringMatching(/^Przypomnienie: wizyta jutro, \w+ \d\d\.\d\d o \d\d:\d\d/),
  });
  await provider.simulateStatus(sent?.sid ?? '', 'delivered');
  await expect.poll(async () => (await readMessage(database)).status).toBe('delivered');
});

test('SMSAPI sends a reminder once, and its report fills in what a crash lost', async () => {
  const provider = await startSmsapiServer();
  stops.push(provider.stop);
  const { database, run, gate } = await startBoth({
    SMS_PROVIDER: 'smsapi',
    SMSAPI_BASE_URL: provider.url,
    SMSAPI_TOKEN: 'smsapi-token',
    SMSAPI_CALLBACK_SECRET,
  });
  gate.refuse('sms_settle');
  await run();
  gate.admit('sms_settle');
  await run({ at: minutesFromNow(2) });
  expect(await readMessage(database)).toMatchObject({ status: 'sent', provider_message_id: null });

  const [sent] = provider.messages;
  const [posted] = provider.received;
  const address = posted?.get('notify_url') ?? '';
  const report = { MsgId: sent?.id ?? '', idx: sent?.idx ?? '', status: '404' };
  const answer = await fetch(`${address}?${new URLSearchParams(report)}`);
  expect(await answer.text()).toBe('OK');
  expect(await readMessage(database))
    .toMatchObject({ status: 'delivered', provider_message_id: sent?.id });
  expect(provider.messages).toHaveLength(1);
});
