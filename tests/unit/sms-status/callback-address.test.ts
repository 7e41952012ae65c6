import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  createProvider,
  readProviderSettings,
} from '../../../supabase/functions/sms-reminders/providers/settings.ts';
import { readConfiguration } from '../../../supabase/functions/sms-status/configuration.ts';
import { verifyTwilioSignature } from '../../../supabase/functions/sms-status/twilio-signature.ts';
import { twilioAddress } from '../../../supabase/functions/_shared/sms-callback.ts';
import { createVariables } from '../../../supabase/functions/_shared/variables.ts';
import { fakeProvider, onlyRequest, sms } from '../support/fake-provider.ts';

const TOKEN = 'twilio-token';

/** The address that a message names for its receipts. */
async function addressGivenToTwilio(env: (name: string) => string | undefined): Promise<string> {
  const settings = readProviderSettings(createVariables(env));
  if (settings === null) throw new Error('no provider');
  const fake = fakeProvider(201, {});
  const outside = { timeoutMs: 1000, fetch: fake.fetch, print: () => {} };
  await createProvider(settings, outside).send(sms());
  return (await onlyRequest(fake)).form.get('StatusCallback') ?? '';
}

test.each([
  'https://project.supabase.co/functions/v1/sms-status',
  'https://Project.Supabase.CO/functions/v1/sms-status/',
  'https://project.supabase.co:443/functions/v1/sms-status',
  'http://project.example:8000/functions/v1/sms-status',
  'https://project.example/a/../functions/ż/sms-status',
  'https://żółw.example/sms-status',
  'https://project.example',
])('a receipt that Twilio posts to %s is verified', async (publicUrl) => {
  const variables: Record<string, string> = {
    SUPABASE_URL: 'https://project.supabase.co',
    SUPABASE_SERVICE_ROLE_KEY: 'legacy',
    SMS_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_FROM: '+48799000111',
    SMS_CALLBACK_PUBLIC_URL: publicUrl,
  };
  const env = (name: string) => variables[name];
  const given = await addressGivenToTwilio(env);
  const form = new URLSearchParams({ MessageStatus: 'sent' });
  // As Twilio does: over the address as it was given.
  const signature = createHmac('sha1', TOKEN).update(`${given}MessageStatussent`).digest('base64');

  const { twilio } = readConfiguration(env);
  if (!twilio.ok) throw new Error(twilio.variable);
  const url = twilioAddress(twilio.value.publicUrl) + new URL(given).search;
  expect(await verifyTwilioSignature({ url, form, signature, authToken: TOKEN })).toBe(true);
});
