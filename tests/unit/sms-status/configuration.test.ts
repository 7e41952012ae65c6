import { expect, test } from 'vitest';
import { readConfiguration } from '../../../supabase/functions/sms-status/configuration.ts';

const COMPLETE: Record<string, string> = {
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_SERVICE_ROLE_KEY: 'legacy',
  SMSAPI_CALLBACK_SECRET: 'a-secret-of-some-length',
  TWILIO_AUTH_TOKEN: 'twilio-token',
  SMS_CALLBACK_PUBLIC_URL: 'https://project.supabase.co/functions/v1/sms-status/',
};

function configured(changes: Record<string, string | undefined>) {
  const environment = { ...COMPLETE, ...changes };
  return readConfiguration((name) => environment[name]);
}

test('both providers can report', () => {
  expect(configured({})).toMatchObject({
    smsapi: { ok: true, value: { secret: 'a-secret-of-some-length' } },
    twilio: {
      ok: true,
      value: {
        authToken: 'twilio-token',
        publicUrl: 'https://project.supabase.co/functions/v1/sms-status',
      },
    },
  });
});

test.each(
  [
    ['SMSAPI_CALLBACK_SECRET', 'smsapi', undefined],
    ['SMSAPI_CALLBACK_SECRET', 'smsapi', 'short'],
    ['TWILIO_AUTH_TOKEN', 'twilio', ' '],
    ['SMS_CALLBACK_PUBLIC_URL', 'twilio', undefined],
    ['SMS_CALLBACK_PUBLIC_URL', 'twilio', 'here'],
    ['SMS_CALLBACK_PUBLIC_URL', 'twilio', 'https://user:word@project.supabase.co/sms-status'],
    ['SMS_CALLBACK_PUBLIC_URL', 'twilio', 'https://my_project.example/sms-status'],
    ['SMS_CALLBACK_PUBLIC_URL', 'twilio', 'https://project.example:none/sms-status'],
  ] as const,
)('%s is named for %s when it is %j', (variable, provider, value) => {
  expect(configured({ [variable]: value })[provider]).toEqual({ ok: false, variable });
});

test('each provider works without the variables of the other', () => {
  expect(configured({ TWILIO_AUTH_TOKEN: undefined, SMS_CALLBACK_PUBLIC_URL: undefined }))
    .toMatchObject({ smsapi: { ok: true }, twilio: { ok: false } });
});
