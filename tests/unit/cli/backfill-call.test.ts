import { afterEach, expect, test, vi } from 'vitest';
import { continueBackfill } from '../../../cli/backfill/call.ts';
import { readConfiguration } from '../../../supabase/functions/calcom-sync/configuration.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a call may take as long as the longest run of the function', async () => {
  const settings = readConfiguration((name) =>
    new Map([['CALCOM_SYNC_BUDGET_MS', '300000'], ['CALCOM_REQUEST_TIMEOUT_MS', '15000']]).get(name)
  );
  if (!settings.ok) throw new Error(settings.variable);
  const { runBudgetMs, requestTimeoutMs } = settings.value;
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ok: true, done: true })));

  await continueBackfill(
    { functionsUrl: 'http://127.0.0.1:1', key: 'sb_secret' },
    'salon',
    new Date(0),
  );

  expect(timeout.mock.lastCall?.[0]).toBeGreaterThan(runBudgetMs + requestTimeoutMs);
});

test('a refused key is reported as such', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ok: false }, { status: 401 })));

  const project = { functionsUrl: 'http://127.0.0.1:1', key: 'sb_secret' };
  await expect(continueBackfill(project, 'salon', new Date(0)))
    .rejects.toThrow('calcom-sync refuses the key: is it a secret key of this project?');
});
