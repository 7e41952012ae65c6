import { expect, test } from 'vitest';
import { planSecrets } from '../../../../cli/deploy/function-secrets.ts';

const URL = 'https://abcdefghijklmnopqrst.supabase.co/functions/v1';
const EMPTY = { secrets: new Set<string>(), isPreview: false };
const SMSAPI = { SMS_PROVIDER: 'smsapi', SMSAPI_TOKEN: 'token' };

test('a new project gets a shared webhook secret, which is shown once', () => {
  const { values, madeWebhookSecret } = planSecrets({}, EMPTY, URL, null);
  expect(Object.keys(values)).toEqual(['CALCOM_WEBHOOK_SECRET']);
  expect(madeWebhookSecret).toMatch(/^[\w-]{43}$/);
  expect(values).toEqual({ CALCOM_WEBHOOK_SECRET: madeWebhookSecret });
});

test('a shared secret that is there stays, and one that is given is not shown', () => {
  const there = { ...EMPTY, secrets: new Set(['CALCOM_WEBHOOK_SECRET']) };
  expect(planSecrets({}, there, URL, null)).toEqual({ values: {}, madeWebhookSecret: null });
  const given = { CALCOM_WEBHOOK_SECRET: 'the-new-secret-01,the-old-secret-01' };
  expect(planSecrets(given, there, URL, null)).toEqual({ values: given, madeWebhookSecret: null });
});

test('a shared secret that the function would refuse is refused', () => {
  expect(() => planSecrets({ CALCOM_WEBHOOK_SECRET: 'fifteen-letters' }, EMPTY, URL, null))
    .toThrow('CALCOM_WEBHOOK_SECRET is too short');
});

test('receipts get an address, and SMSAPI a secret in it', () => {
  expect(planSecrets(SMSAPI, EMPTY, URL, null).values).toMatchObject({
    ...SMSAPI,
    SMS_CALLBACK_PUBLIC_URL: `${URL}/sms-status`,
    SMSAPI_CALLBACK_SECRET: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('what the project has for receipts stays', () => {
  const secrets = new Set([
    ...['CALCOM_WEBHOOK_SECRET', 'SMS_PROVIDER', 'SMSAPI_TOKEN'],
    ...['SMS_CALLBACK_PUBLIC_URL', 'SMSAPI_CALLBACK_SECRET'],
  ]);
  expect(planSecrets({}, { ...EMPTY, secrets }, URL, null).values).toEqual({});
});

test('a secret of the project counts when the rest is checked', () => {
  const secrets = new Set(['CALCOM_WEBHOOK_SECRET', 'SMSAPI_TOKEN']);
  expect(planSecrets({ SMS_PROVIDER: 'smsapi' }, { ...EMPTY, secrets }, URL, null).values)
    .toMatchObject({ SMS_PROVIDER: 'smsapi' });
});

test.each([
  [{ SMS_PROVIDER: 'smsapi' }, 'SMSAPI_TOKEN'],
  [{ ...SMSAPI, SMS_ALLOWED_COUNTRIES: 'Poland' }, 'SMS_ALLOWED_COUNTRIES'],
  [{ ...SMSAPI, SMS_LEASE_SECONDS: '5' }, 'SMS_LEASE_SECONDS'],
  [{ SMS_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'x' }, 'TWILIO_FROM'],
])('values %j that sms-reminders would refuse are refused', (env, variable) => {
  expect(() => planSecrets(env, EMPTY, URL, null)).toThrow(
    `${variable} is missing or cannot be used`,
  );
});

test.each(['SMSAPI_TOKEN', 'TWILIO_AUTH_TOKEN'])(
  'a value that is wrong for the provider which the project keeps, with %s, is refused',
  (token) => {
    const twilio = ['TWILIO_ACCOUNT_SID', 'TWILIO_FROM'];
    const secrets = new Set(['SMS_PROVIDER', token, ...twilio]);
    expect(() => planSecrets({ SMS_BATCH: 'many' }, { ...EMPTY, secrets }, URL, null))
      .toThrow('SMS_BATCH is missing or cannot be used');
    expect(planSecrets({ SMS_BATCH: '10' }, { ...EMPTY, secrets }, URL, null).values)
      .toMatchObject({ SMS_BATCH: '10' });
  },
);

test('links lead to the client’s page below the dashboard, unless the project has another', () => {
  const site = 'https://salon.example/grooming/';
  expect(planSecrets(SMSAPI, EMPTY, URL, site).values)
    .toMatchObject({ SMS_LINK_URL: 'https://salon.example/grooming/c/' });
  const there = { ...EMPTY, secrets: new Set(['SMS_LINK_URL']) };
  expect(planSecrets(SMSAPI, there, URL, site).values).not.toHaveProperty('SMS_LINK_URL');
  const env = { ...SMSAPI, SMS_LINK_URL: 'https://psi.example' };
  expect(planSecrets(env, EMPTY, URL, site).values.SMS_LINK_URL).toBe('https://psi.example');
  expect(planSecrets(SMSAPI, EMPTY, URL, null).values).not.toHaveProperty('SMS_LINK_URL');
});

test('a setting of tests is never passed on', () => {
  const { values } = planSecrets({ ...SMSAPI, SMS_ALLOW_FAKE_CLOCK: 'true' }, EMPTY, URL, null);
  expect(values).not.toHaveProperty('SMS_ALLOW_FAKE_CLOCK');
});

test('a preview gets nothing of a provider', () => {
  const { values } = planSecrets(
    SMSAPI,
    { ...EMPTY, isPreview: true },
    URL,
    'https://salon.example',
  );
  expect(Object.keys(values)).toEqual(['CALCOM_WEBHOOK_SECRET']);
});
