/**
 * Sends one SMS through a provider to each address given. Runs inside a test, and as a program of
 * its own in Deno: `deno run --allow-net sms-attempts.ts <attempts as JSON>` prints the results.
 */
import process from 'node:process';
import type { SendResult } from '../../supabase/functions/sms-reminders/providers/provider.ts';
import { createSmsapiProvider } from '../../supabase/functions/sms-reminders/providers/smsapi.ts';
import { createTwilioProvider } from '../../supabase/functions/sms-reminders/providers/twilio.ts';

/** Which provider shall send, and to whom in place of the real provider. */
export type SmsAttempt = { provider: 'smsapi' | 'twilio'; baseUrl: string };

const TIMEOUT_MS = 1000;
const HOUR_MS = 60 * 60 * 1000;

/** Tries all at once; the results are in the order of the attempts. */
export async function sendAll(attempts: SmsAttempt[]): Promise<SendResult[]> {
  return await Promise.all(attempts.map((attempt) =>
    providerOf(attempt).send({
      id: crypto.randomUUID(),
      to: '+48501220314',
      body: 'Wizyta jutro o 14:00',
      encoding: 'GSM-7',
      sender: null,
      expiresAt: new Date(Date.now() + HOUR_MS),
    })
  ));
}

function providerOf({ provider, baseUrl }: SmsAttempt) {
  const common = { baseUrl, callbackUrl: null, timeoutMs: TIMEOUT_MS, fetch };
  if (provider === 'smsapi') {
    return createSmsapiProvider({ ...common, token: 'smsapi-token', sender: null });
  }
  return createTwilioProvider({
    ...common,
    accountSid: 'AC1',
    authToken: 'twilio-token',
    from: '+48799000111',
    messagingServiceSid: null,
  });
}

if (import.meta.main) {
  console.log(JSON.stringify(await sendAll(JSON.parse(process.argv[2] ?? '[]'))));
}
