import { expect, test } from 'vitest';
import { readConfiguration } from '../../../supabase/functions/calcom-webhook/configuration.ts';

const COMPLETE: Record<string, string> = {
  CALCOM_WEBHOOK_SECRET: 'the-new-secret-01, the-old-secret-01',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_SECRET_KEYS: '{"default":"sb_secret_abc"}',
  SUPABASE_SERVICE_ROLE_KEY: 'legacy',
};

function configured(changes: Record<string, string | undefined>) {
  const environment = { ...COMPLETE, ...changes };
  return readConfiguration((name) => environment[name]);
}

test('all secrets and the named key are used', () => {
  expect(configured({})).toEqual({
    ok: true,
    value: {
      project: { supabaseUrl: 'https://project.supabase.co', supabaseKey: 'sb_secret_abc' },
      secrets: ['the-new-secret-01', 'the-old-secret-01'],
      rateLimit: 120,
    },
  });
});

test.each([undefined, '', ' , '])(
  'the shared secret is optional, since salons have their own: %j',
  (CALCOM_WEBHOOK_SECRET) => {
    expect(configured({ CALCOM_WEBHOOK_SECRET })).toMatchObject({
      ok: true,
      value: { secrets: [] },
    });
  },
);

test('the rate limit of a salon can be set', () => {
  expect(configured({ CALCOM_WEBHOOK_RATE_LIMIT: '30' })).toMatchObject({
    value: { rateLimit: 30 },
  });
});

test.each([undefined, '', '{}', 'sb_secret_abc', '{"default":7}'])(
  'the service role key is used when the new keys are %j',
  (SUPABASE_SECRET_KEYS) => {
    expect(configured({ SUPABASE_SECRET_KEYS })).toMatchObject({
      value: { project: { supabaseKey: 'legacy' } },
    });
  },
);

test.each([
  ['CALCOM_WEBHOOK_SECRET', { CALCOM_WEBHOOK_SECRET: 'fifteen-letters' }],
  ['CALCOM_WEBHOOK_SECRET', { CALCOM_WEBHOOK_SECRET: 'the-new-secret-01,old' }],
  ['CALCOM_WEBHOOK_RATE_LIMIT', { CALCOM_WEBHOOK_RATE_LIMIT: '0' }],
  ['CALCOM_WEBHOOK_RATE_LIMIT', { CALCOM_WEBHOOK_RATE_LIMIT: 'many' }],
  ['SUPABASE_URL', { SUPABASE_URL: undefined }],
  ['SUPABASE_URL', { SUPABASE_URL: 'project' }],
  ['SUPABASE_SECRET_KEYS', { SUPABASE_SECRET_KEYS: '', SUPABASE_SERVICE_ROLE_KEY: '' }],
])('%s is named as missing or unusable with %j', (variable, changes) => {
  expect(configured(changes)).toEqual({ ok: false, variable });
});
