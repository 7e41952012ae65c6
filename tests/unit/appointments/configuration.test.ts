import { expect, test } from 'vitest';
import { readConfiguration } from '../../../supabase/functions/appointments/configuration.ts';

const read = (env: Record<string, string>) => readConfiguration((name) => env[name]);

test('hosted Cal.com is the default, looked at for four seconds', () => {
  expect(read({})).toEqual({
    ok: true,
    value: {
      apiUrl: 'https://api.cal.com/v2',
      appUrl: 'https://cal.com',
      requestTimeoutMs: 15_000,
      lookAfterMs: [0, 1000, 3000],
    },
  });
});

test('a Cal.com of one’s own has other addresses', () => {
  const env = {
    CALCOM_API_URL: 'https://cal.salon.example/api/v2/',
    CALCOM_APP_URL: 'https://cal.salon.example/',
  };
  expect(read(env)).toMatchObject({
    value: { apiUrl: 'https://cal.salon.example/api/v2', appUrl: 'https://cal.salon.example' },
  });
});

test.each(['CALCOM_API_URL', 'CALCOM_APP_URL', 'CALCOM_REQUEST_TIMEOUT_MS'])(
  'an unusable %s is named',
  (variable) => {
    expect(read({ [variable]: 'x' })).toEqual({ ok: false, variable });
  },
);
