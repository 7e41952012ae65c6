import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../supabase/functions/sms-reminders/configuration.ts';

type Changes = Record<string, string | undefined>;

const SMSAPI: Changes = { SMS_PROVIDER: 'smsapi', SMSAPI_TOKEN: 'smsapi-token' };

const TWILIO: Changes = {
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: 'AC123',
  TWILIO_AUTH_TOKEN: 'twilio-token',
  TWILIO_FROM: '+48732000000',
};

const CALLBACKS: Changes = {
  SMS_CALLBACK_PUBLIC_URL: 'https://project.supabase.co/functions/v1/sms-status/',
  SMSAPI_CALLBACK_SECRET: 'a secret/of some length',
};

const HOSTED: Changes = { SUPABASE_URL: 'https://abcdefghijklmnopqrst.supabase.co' };

function configured(environment: Changes) {
  return readConfiguration((name) => environment[name]);
}

test('only the provider is required', () => {
  expect(configured({ SMS_PROVIDER: 'log' })).toEqual({
    ok: true,
    value: {
      provider: { name: 'log' },
      requestTimeoutMs: 10_000,
      runBudgetMs: 60_000,
      runLimit: 250,
      concurrency: 5,
      batch: 25,
      leaseSeconds: 60,
      onAmbiguous: 'hold',
      countries: ['PL', 'UA', 'CZ', 'SK', 'DE', 'GB'],
      linkUrl: null,
      allowFakeClock: false,
    },
  });
});

test('SMSAPI has its own address, and the secret is in the address for its reports', () => {
  expect(configured({ ...SMSAPI, ...CALLBACKS })).toMatchObject({
    value: {
      provider: {
        name: 'smsapi',
        token: 'smsapi-token',
        baseUrl: 'https://api.smsapi.pl',
        sender: null,
        callbackUrl:
          'https://project.supabase.co/functions/v1/sms-status/smsapi/a%20secret%2Fof%20some%20length',
      },
    },
  });
});

test('Twilio has its own address', () => {
  expect(configured({ ...TWILIO, ...CALLBACKS })).toMatchObject({
    value: {
      provider: {
        name: 'twilio',
        accountSid: 'AC123',
        authToken: 'twilio-token',
        from: '+48732000000',
        messagingServiceSid: null,
        baseUrl: 'https://api.twilio.com',
        callbackUrl: 'https://project.supabase.co/functions/v1/sms-status/twilio',
      },
    },
  });
});

test('a messaging service of Twilio needs no number', () => {
  const service = { TWILIO_FROM: undefined, TWILIO_MESSAGING_SERVICE_SID: 'MG123' };
  expect(configured({ ...TWILIO, ...service }))
    .toMatchObject({ value: { provider: { from: null, messagingServiceSid: 'MG123' } } });
});

test('without a callback address there are no callbacks', () => {
  expect(configured(SMSAPI)).toMatchObject({ value: { provider: { callbackUrl: null } } });
});

test('a batch fits into its lease even with the slowest provider', () => {
  const slow = { SMS_CONCURRENCY: '2', SMS_REQUEST_TIMEOUT_MS: '20000', SMS_LEASE_SECONDS: '60' };
  expect(configured({ SMS_PROVIDER: 'log', ...slow })).toMatchObject({ value: { batch: 4 } });
});

describe('the unusable variable is named', () => {
  test.each<[variable: string, environment: Changes]>([
    ['SMS_PROVIDER', {}],
    ['SMS_PROVIDER', { SMS_PROVIDER: ' ' }],
    ['SMS_PROVIDER', { SMS_PROVIDER: 'pigeon' }],
    ['SMSAPI_TOKEN', { ...SMSAPI, SMSAPI_TOKEN: undefined }],
    ['SMSAPI_TOKEN', { ...SMSAPI, SMSAPI_TOKEN: 'żeton' }],
    ['SMSAPI_BASE_URL', { ...SMSAPI, SMSAPI_BASE_URL: 'api.smsapi.pl' }],
    ['SMSAPI_CALLBACK_SECRET', { ...SMSAPI, ...CALLBACKS, SMSAPI_CALLBACK_SECRET: undefined }],
    ['SMSAPI_CALLBACK_SECRET', { ...SMSAPI, ...CALLBACKS, SMSAPI_CALLBACK_SECRET: 'short' }],
    ['SMS_CALLBACK_PUBLIC_URL', { ...SMSAPI, ...CALLBACKS, SMS_CALLBACK_PUBLIC_URL: 'here' }],
    ['TWILIO_ACCOUNT_SID', { ...TWILIO, TWILIO_ACCOUNT_SID: undefined }],
    ['TWILIO_AUTH_TOKEN', { ...TWILIO, TWILIO_AUTH_TOKEN: '' }],
    ['TWILIO_FROM', { ...TWILIO, TWILIO_FROM: undefined }],
    ['TWILIO_API_BASE_URL', { ...TWILIO, TWILIO_API_BASE_URL: '/' }],
    ['SMS_LEASE_SECONDS', { ...SMSAPI, SMS_LEASE_SECONDS: '20' }],
    ['SMS_LEASE_SECONDS', { ...SMSAPI, SMS_REQUEST_TIMEOUT_MS: '50000' }],
    ['SMS_REQUEST_TIMEOUT_MS', { ...SMSAPI, SMS_REQUEST_TIMEOUT_MS: '10 s' }],
    ['SMS_RUN_BUDGET_MS', { ...SMSAPI, SMS_RUN_BUDGET_MS: '0' }],
    ['SMS_CONCURRENCY', { ...SMSAPI, SMS_CONCURRENCY: '1.5' }],
    ['SMS_BATCH', { ...SMSAPI, SMS_BATCH: '-1' }],
    ['SMS_ON_AMBIGUOUS', { ...SMSAPI, SMS_ON_AMBIGUOUS: 'guess' }],
    ['SMS_ALLOWED_COUNTRIES', { ...SMSAPI, SMS_ALLOWED_COUNTRIES: 'Poland' }],
    ['SMS_ALLOW_FAKE_CLOCK', { ...SMSAPI, SMS_ALLOW_FAKE_CLOCK: 'yes' }],
    ['SMS_ALLOW_FAKE_CLOCK', { ...SMSAPI, ...HOSTED, SMS_ALLOW_FAKE_CLOCK: 'true' }],
    ['SMS_PROVIDER', { ...HOSTED, SMS_PROVIDER: 'log' }],
    ['TWILIO_API_BASE_URL', { ...TWILIO, TWILIO_API_BASE_URL: 'api.twilio.com:443' }],
    ['TWILIO_API_BASE_URL', { ...TWILIO, TWILIO_API_BASE_URL: 'ftp://api.twilio.com' }],
    ['SMS_CALLBACK_PUBLIC_URL', {
      ...SMSAPI,
      ...CALLBACKS,
      SMS_CALLBACK_PUBLIC_URL: 'https://project.supabase.co/sms-status?a=1',
    }],
  ])('%s, with %j', (variable, environment) => {
    expect(configured(environment)).toEqual({ ok: false, variable });
  });
});

test.each([
  ['https://salon.example/c', 'https://salon.example/c/'],
  ['https://Łapa.example/c/', 'https://xn--apa-gwa.example/c/'],
])('the client’s page %s has the address %s', (SMS_LINK_URL, linkUrl) => {
  expect(configured({ SMS_PROVIDER: 'log', SMS_LINK_URL })).toMatchObject({ value: { linkUrl } });
});

test.each(['salon.example/c/', 'https://salon.example/c/#token', 'https://salon.example/?c'])(
  'the client’s page cannot be %s',
  (SMS_LINK_URL) => {
    expect(configured({ SMS_PROVIDER: 'log', SMS_LINK_URL }))
      .toEqual({ ok: false, variable: 'SMS_LINK_URL' });
  },
);

test('a hosted project links to an address that nobody on the way can change', () => {
  const hosted = { SUPABASE_URL: 'https://abcdefghijklmnopqrst.supabase.co' };
  expect(configured({ ...SMSAPI, ...hosted, SMS_LINK_URL: 'http://salon.example/c/' }))
    .toEqual({ ok: false, variable: 'SMS_LINK_URL' });
});
