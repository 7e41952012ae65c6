import { afterEach, expect, test } from 'vitest';
import type { FunctionStack } from '../support/function-stack.ts';
import { startFeed } from '../support/calendar-feed.ts';

const SOME_ADDRESS = `/${'0'.repeat(64)}.ics`;

let feed: FunctionStack;

afterEach(() => feed.stop());

test.each<[variable: string, env: Record<string, string | undefined>]>([
  ['SUPABASE_URL', { SUPABASE_URL: undefined }],
  ['SUPABASE_SECRET_KEYS', {
    SUPABASE_SECRET_KEYS: undefined,
    SUPABASE_SERVICE_ROLE_KEY: undefined,
  }],
])('without %s there is no feed, and the log names it', async (variable, env) => {
  feed = await startFeed(env);
  const response = await feed.fetch(SOME_ADDRESS);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ ok: false, code: 'server_misconfigured' });
  await expect.poll(() => feed.output()).toContain(`"msg":"feed refused: ${variable}"`);
});

test('an unreachable database is reported, with a time to retry', async () => {
  feed = await startFeed({ SUPABASE_URL: 'http://127.0.0.1:1' });
  const response = await feed.fetch(SOME_ADDRESS);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('30');
  expect(await response.json()).toEqual({ ok: false, code: 'database_unavailable' });
});
