import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionStack, startFunctionStack } from '../support/function-stack.ts';

const FUNCTIONS_URL = 'https://abcdefgh.supabase.co/functions/v1';
const OTHER_KEY = 'sb_secret_another_of_the_project';

/** What authorized callers are told of a body that is no command. */
const REACHED = { status: 400, body: { code: 'invalid_request' } };
const REFUSED = { status: 401, body: { ok: false, code: 'unauthorized' } };

const FUNCTIONS = ['calcom-sync', 'sms-reminders'];

const stacks: FunctionStack[] = [];

beforeAll(async () => {
  for (const name of FUNCTIONS) {
    const stack = await startFunctionStack(name, ({ secretKey }) => ({
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey, other: OTHER_KEY }),
    }));
    stacks.push(stack);
    await stack.database.query('select private.setup_schedules($1)', [FUNCTIONS_URL]);
  }
});
afterAll(() => Promise.all(stacks.map((stack) => stack.stop())));

function stackOf(name: string): FunctionStack {
  const stack = stacks[FUNCTIONS.indexOf(name)];
  if (stack === undefined) throw new Error(`${name} did not start`);
  return stack;
}

const callTo = (stack: FunctionStack, headers: Record<string, string>, body = 'no command') =>
  stack.request({ method: 'POST', body, headers });

async function workerSecretOf({ database }: FunctionStack): Promise<string> {
  const [stored] = await database.query<{ secret: string }>(
    `select decrypted_secret as secret from vault.decrypted_secrets
     where name = 'barkbook_worker_secret'`,
  );
  return stored?.secret ?? '';
}

describe.each(FUNCTIONS)('%s', (name) => {
  let stack: FunctionStack;

  beforeAll(() => {
    stack = stackOf(name);
  });

  const call = (headers: Record<string, string>, body?: string) => callTo(stack, headers, body);
  const workerSecret = () => workerSecretOf(stack);

  test('accepts the worker secret, with one query a minute', async () => {
    const headers = { 'x-worker-secret': await workerSecret() };
    const before = stack.api.restRequests();
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await call(headers)).toMatchObject(REACHED);
    }
    expect(stack.api.restRequests() - before).toBe(1);
  });

  test.each<[string, () => string]>([
    ['the default secret key', () => stack.api.secretKey],
    ['another secret key', () => OTHER_KEY],
    ['the legacy service-role key', () => stack.api.serviceRoleKey],
  ])('accepts %s without a query', async (_name, key) => {
    const before = stack.api.restRequests();
    expect(await call({ apikey: key() })).toMatchObject(REACHED);
    expect(stack.api.restRequests()).toBe(before);
  });

  test.each<[string, () => Record<string, string> | Promise<Record<string, string>>]>([
    ['nothing', () => ({})],
    ['empty headers', () => ({ 'apikey': '', 'x-worker-secret': '' })],
    ['a wrong key', () => ({ apikey: 'sb_secret_wrong' })],
    ['the publishable key', () => ({ apikey: stack.api.publishableKey })],
    ['the anon key', () => ({ apikey: stack.api.anonKey })],
    ['a secret key as a token', () => ({ authorization: `Bearer ${stack.api.secretKey}` })],
    ['a user', async () => ({
      apikey: stack.api.publishableKey,
      authorization: `Bearer ${await stack.api.userToken(crypto.randomUUID())}`,
    })],
    ['the worker secret as a key', async () => ({ apikey: await workerSecret() })],
  ])('refuses %s without a query', async (_name, headers) => {
    const before = stack.api.restRequests();
    const reply = await call(await headers());
    expect(reply).toMatchObject(REFUSED);
    expect(reply.text).not.toMatch(/sb_secret_/);
    expect(stack.api.restRequests()).toBe(before);
  });

  test.each<[string, object]>([
    ['a dry run, which shows clients', { dryRun: true }],
    ['a run of another time', { at: '2026-12-01T17:15+01:00' }],
    ['the rest of a run', { goOn: true }],
    ['a backfill', { salonId: crypto.randomUUID(), from: '2020-01-01T00:00Z' }],
    ['reading deliveries again', { reparse: true }],
    ['what there is not', { unknown: true }],
  ])('refuses the worker secret for %s', async (_name, command) => {
    const reply = await call({ 'x-worker-secret': await workerSecret() }, JSON.stringify(command));
    expect(reply).toMatchObject(REFUSED);
  });

  test('refuses wrong worker secrets with at most one query in five seconds', async () => {
    const before = stack.api.restRequests();
    const startedAtMs = Date.now();
    const wrong = Array.from({ length: 100 }, (_, n) => call({ 'x-worker-secret': `wrong ${n}` }));
    for (const reply of await Promise.all(wrong)) expect(reply).toMatchObject(REFUSED);
    expect(await call({ 'x-worker-secret': await workerSecret() })).toMatchObject(REACHED);
    const periods = Math.ceil((Date.now() - startedAtMs) / 5_000);
    expect(stack.api.restRequests() - before).toBeLessThanOrEqual(periods);
  });

  // After all that count queries, since its run makes some in the background.
  test('starts an ordinary run for the worker secret', async () => {
    expect(await call({ 'x-worker-secret': await workerSecret() }, '{}'))
      .toMatchObject({ status: 202, body: { ok: true } });
  });

  test('the worker secret does not open the Data API', async () => {
    const apikey = await workerSecret();
    for (const headers of [{ apikey }, { apikey, authorization: `Bearer ${apikey}` }]) {
      const { status } = await fetch(`${stack.api.url}/rest/v1/salons`, { headers });
      expect(status).toBe(401);
    }
  });
});

// After all that count queries, and both at once, since each waits five seconds.
test('they accept a new worker secret five seconds after the old one at the latest', async () => {
  await Promise.all(stacks.map(async (stack) => {
    const old = await workerSecretOf(stack);
    expect(await callTo(stack, { 'x-worker-secret': old })).toMatchObject(REACHED);
    await stack.database.query('select private.setup_schedules()');
    const current = await workerSecretOf(stack);
    expect(current).not.toBe(old);
    await expect.poll(() => callTo(stack, { 'x-worker-secret': current })).toMatchObject(REACHED);
    expect(await callTo(stack, { 'x-worker-secret': old })).toMatchObject(REFUSED);
  }));
});

test.each(FUNCTIONS)(
  '%s has an error of its own for a database that does not answer',
  async (name) => {
    const stack = stackOf(name);
    await stack.restart();
    stack.gate.refuse('worker_secret_hash');
    const reply = await callTo(stack, { 'x-worker-secret': await workerSecretOf(stack) });
    expect(reply).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    expect(reply.headers.get('retry-after')).toBe('30');
    stack.gate.admit('worker_secret_hash');
  },
);
