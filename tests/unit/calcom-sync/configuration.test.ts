import { expect, test } from 'vitest';
import { readConfiguration } from '../../../supabase/functions/calcom-sync/configuration.ts';

const read = (env: Record<string, string>) => readConfiguration((name) => env[name]);

test('without variables, the hosted Cal.com is used', () => {
  expect(read({})).toEqual({
    ok: true,
    value: {
      apiUrl: 'https://api.cal.com/v2',
      requestTimeoutMs: 15_000,
      runBudgetMs: 60_000,
      runLimit: 1000,
      concurrency: 4,
    },
  });
});

test('a self-hosted Cal.com has its own address', () => {
  expect(read({ CALCOM_API_URL: 'https://cal.salon.example/api/v2/' }))
    .toMatchObject({ ok: true, value: { apiUrl: 'https://cal.salon.example/api/v2' } });
});

test.each([
  ['CALCOM_API_URL', 'cal.salon.example'],
  ['CALCOM_REQUEST_TIMEOUT_MS', '0'],
  ['CALCOM_SYNC_BUDGET_MS', 'long'],
  ['CALCOM_SYNC_RUN_LIMIT', '1.5'],
  ['CALCOM_SYNC_CONCURRENCY', '1000'],
])('%s that is %s is named', (variable, value) => {
  expect(read({ [variable]: value })).toEqual({ ok: false, variable });
});
