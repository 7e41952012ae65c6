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
  smsapiEnv,
  startReminders,
  twilioEnv,
} from '../support/sms-reminders.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Starts both functions, so that the provider sends its reports to the second one. */
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

test('Twilio sends a reminder and reports its delivery', async () => {
  const provider = await startTwilioServer();
  stops.push(provider.stop);
  const { database, run } = await startBoth(twilioEnv(provider));
  await run();
  const [sent] = await provider.messages();
  expect(sent).toMatchObject({
    to: '+48600100000',
    body: expect.stringMatching(/^Przypominamy o wizycie jutro \(\w+, \d\d\.\d\d\) o \d\d:\d\d/),
  });
  await provider.simulateStatus(sent?.sid ?? '', 'delivered');
  await expect.poll(async () => (await readMessage(database)).status).toBe('delivered');
});

test('SMSAPI sends a reminder once, and its report restores what a crash lost', async () => {
  const provider = await startSmsapiServer();
  stops.push(provider.stop);
  const { database, run, gate } = await startBoth(smsapiEnv(provider));
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
