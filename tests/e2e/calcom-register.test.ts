import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '../../local/processes/run-command.ts';
import { startApi, type TestApi } from '../support/api.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../support/calcom-webhook-server.ts';
import type { TestDatabase } from '../support/database.ts';
import { startFunction, type TestFunction } from '../support/functions.ts';
import { type CommandDir, createCommandDir, runCli } from './support/commands.ts';
import { createSeededDatabase } from './support/seeded-database.ts';

/** The tests run in order, on one salon. */
let database: TestDatabase;
let api: TestApi;
let webhook: TestFunction;
let calcom: CalcomWebhookServer;
let local: CommandDir;

beforeAll(async () => {
  database = await createSeededDatabase();
  api = await startApi(database);
  webhook = await startFunction('calcom-webhook', api);
  calcom = await startCalcomWebhookServer('psi-styl');
  local = await createCommandDir(api);
});
afterAll(async () => {
  await calcom.stop();
  await webhook.stop();
  await api.stop();
  await database.drop();
  await local.remove();
});

/** Runs the command with the stand-in of Cal.com. */
async function run(
  args: string[],
  { dir = local.dir, env = {} }: { dir?: string; env?: Record<string, string> } = {},
): Promise<CommandResult> {
  return await runCli('register', args, dir, { CALCOM_API_URL: calcom.url, ...env });
}

const book = (uid: string) =>
  calcom.send({
    triggerEvent: 'BOOKING_CREATED',
    createdAt: '2026-09-01T10:00:00Z',
    payload: {
      uid,
      title: 'Wizyta',
      startTime: '2036-12-01T09:00:00Z',
      endTime: '2036-12-01T10:00:00Z',
    },
  });

function expectNoSecret({ output }: CommandResult): void {
  expect(output).not.toContain(calcom.apiKey);
  for (const { secret } of calcom.webhooks) expect(output).not.toContain(secret);
  expect(output).not.toContain(api.secretKey);
}

test('a salon without an API key is told where to get one', async () => {
  const { ok, output } = await run(['--salon', 'psi-styl']);
  expect(output).toMatch(
    /^error: no API key for psi-styl: make one at https:.*CALCOM_API_KEY.*\n$/,
  );
  expect(ok).toBe(false);
});

test('with a key it gets a webhook that works', async () => {
  const result = await run(['--salon', 'psi-styl'], { env: { CALCOM_API_KEY: calcom.apiKey } });
  const [own] = calcom.webhooks;
  expect(result.output).toBe(
    `Cal.com user psi-styl -> ${own?.subscriberUrl}
A new secret is accepted; Cal.com gets it in a few seconds.
Created webhook ${own?.id}: active, 11 triggers, a new secret.
`,
  );
  expect(result.ok).toBe(true);
  expectNoSecret(result);
  expect((await book('first')).status).toBe(200);
});

test('after that it works without the key, as often as needed', async () => {
  const result = await run(['--salon', 'PSI-Styl']);
  expect(result.output).toMatch(
    /^Updated webhook \S+: active, 11 triggers, the secret as before\.$/m,
  );
  expectNoSecret(result);
});

test('the secret is replaced while deliveries come in', async () => {
  const rotating = run(['--salon', 'psi-styl', '--rotate']);
  const statuses = new Set<number>();
  let sent = 0;
  let isDone = false;
  rotating.finally(() => isDone = true);
  while (!isDone) {
    statuses.add((await book(`meanwhile-${++sent}`)).status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  statuses.add((await book('afterwards')).status);
  const result = await rotating;
  expect(result.output).toContain('The old secret is accepted for another 24 hours.');
  expectNoSecret(result);
  expect(sent).toBeGreaterThan(20);
  expect([...statuses]).toEqual([200]);
});

test('--list shows all salons, also those without a key', async () => {
  const result = await run(['--list']);
  const [own] = calcom.webhooks;
  expect(result.output).toContain(
    `Cal.com user psi-styl\n  own    ${own?.id}  ${own?.subscriberUrl}  active, 11 triggers\n`,
  );
  expect(result.output).toMatch(/^Cal\.com user polska-lapa\n {2}no API key for polska-lapa: /m);
  expect(result.ok).toBe(true);
  expectNoSecret(result);
});

test('--delete deletes the webhook', async () => {
  const { output, ok } = await run(['--salon', 'psi-styl', '--delete']);
  expect(output).toMatch(/^Deleted\. Its secret is accepted for another 24 hours/m);
  expect(ok).toBe(true);
  expect(calcom.webhooks).toEqual([]);
});

// From here on at once, since the first waits five seconds.
test.concurrent('--url selects a deployed project, with its key in the environment', async () => {
  const { output } = await run(
    ['--salon', 'psi-styl', '--url', api.url, '--functions-url', 'https://tunnel.example/f/'],
    { dir: '/nowhere', env: { SUPABASE_SECRET_KEY: api.secretKey } },
  );
  expect(output).toContain('Created webhook');
  expect(calcom.webhooks[0]?.subscriberUrl)
    .toMatch(/^https:\/\/tunnel\.example\/f\/calcom-webhook\?salon=[0-9a-f-]{36}$/);
});

test.concurrent.each<[string[], RegExp]>([
  [['--salon', 'psi-styl'], /^error: no local stack: run npm start, or pass --url .*\n$/],
  [
    ['--salon', 'psi-styl', '--url', 'https://x.supabase.co'],
    /^error: --url needs SUPABASE_SECRET/,
  ],
  [['--salon', 'psi-styl', '--url', 'nonsense'], /^error: --url nonsense is not an address: /],
  [[], /^error: usage: npm run calcom:register -- .*\n$/],
  [['--salon', 'psi-styl', '--rotate', '--delete'], /^error: usage: /],
  [['--salon', ' '], /^error: usage: /],
  [['--nonsense'], /^error: usage: /],
])('%j without a stack fails with one helpful line', async (args, message) => {
  const { ok, output } = await run(args, { dir: '/nowhere' });
  expect(output).toMatch(message);
  expect(ok).toBe(false);
});

test.concurrent('an unknown salon is refused with the next step', async () => {
  const { output } = await run(['--salon', 'nikt']);
  expect(output).toBe(
    'error: no salon has the Cal.com username nikt: set salons.cal_com_username first\n',
  );
});
