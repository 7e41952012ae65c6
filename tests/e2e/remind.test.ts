import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '../../local/processes/run-command.ts';
import { type StackStatus, writeStackEnv } from '../../local/stack/stack-status.ts';
import { startApi, type TestApi } from '../support/api.ts';
import type { TestDatabase } from '../support/database.ts';
import { startFunction, type TestFunction } from '../support/functions.ts';
import { type CommandDir, createCommandDir, runCli } from './support/commands.ts';
import { createSeededDatabase } from './support/seeded-database.ts';

const NOTHING_DUE = /^Nothing was due: .*\nTry: npm run calcom -- created --at \d{4}-.*$/m;

let database: TestDatabase;
let api: TestApi;
let functions: [webhook: TestFunction, reminders: TestFunction];
let local: CommandDir;

beforeAll(async () => {
  database = await createSeededDatabase();
  api = await startApi(database);
  functions = await Promise.all([
    startFunction('calcom-webhook', api),
    startFunction('sms-reminders', api),
  ]);
  local = await createCommandDir(api);
});

afterAll(async () => {
  for (const { stop } of functions) await stop();
  await api.stop();
  await database.drop();
  await local.remove();
});

const calcom = (...args: string[]) => runCli('simulator', args, local.dir);
const remind = (...args: string[]) => runCli('remind', args, local.dir);

/** Runs the command with a changed stack.env. */
async function remindWith(difference: Partial<StackStatus>): Promise<CommandResult> {
  const dir = await mkdtemp(join(local.dir, 'other-'));
  await writeStackEnv(join(dir, 'stack.env'), { ...local.status, ...difference });
  return await runCli('remind', [], dir);
}

test('a dry run shows the reminder and writes nothing', async () => {
  await calcom('created', '--at', '2036-12-02T10:00');

  const { ok, output } = await remind('--at', '2036-12-01T16:15Z', '--dry-run');

  expect(output).toBe(`Reminders as of 2036-12-01 17:15 in Warsaw:

salon     client  phone        kind      appointment       status      when
Psi Styl  Zofia   +48•••••314  reminder  2036-12-02 10:00  to be sent  2036-12-01 17:15
  Przypominamy o wizycie jutro (wtorek, 02.12) o 10:00 (Fiona). Psi Styl

This was a dry run: nothing was written, nothing was sent.
`);
  expect(ok).toBe(true);
  expect(await database.query('select from public.sms_messages')).toEqual([]);
  expect(await database.query('select from public.sms_runs')).toEqual([]);
});

test('a reminder is sent once', async () => {
  await calcom('created', '--at', '2036-12-16T10:00');

  const first = await remind('--at', '2036-12-15T17:15');
  const second = await remind('--at', '2036-12-15T17:20');

  const text = 'Przypominamy o wizycie jutro (wtorek, 16.12) o 10:00 (Fiona). Psi Styl';
  expect(first.output).toMatch(/^Reminders as of 2036-12-15 17:15 in Warsaw:\n/);
  expect(first.output).toContain(`
salon     client           phone        kind      appointment       status  when
Psi Styl  Zofia Kaczmarek  +48•••••314  reminder  2036-12-16 10:00  sent    2036-12-15 17:15
  ${text}

The run took `);
  expect(first.output).toMatch(/^The run took \d+ ms: planned 1, claimed 1, sent 1\.$/m);
  expect(second.output).toMatch(NOTHING_DUE);
  expect(second.output).toMatch(/^The run took \d+ ms: nothing to do\.$/m);
  expect([first.ok, second.ok]).toEqual([true, true]);
  expect(functions[1].stdout().split(text)).toHaveLength(2);
});

test('no reminder is sent for a cancelled appointment', async () => {
  await calcom('cancelled', '--at', '2037-01-13T10:00');

  const { output } = await remind('--at', '2037-01-12T17:15');

  expect(output).toMatch(NOTHING_DUE);
});

test('a client without consent is listed with the reason', async () => {
  await calcom('phone-only', '--at', '2037-01-27T11:00');

  const { output } = await remind('--at', '2037-01-26T17:15');

  expect(output).toMatch(
    /^Psi Styl {2}Halina Ćwik {2}•+ {2}reminder {2}2037-01-27 11:00 {2}skipped {2}.*\n {2}no consent to SMS: /m,
  );
  expect(output).toMatch(/^The run took \d+ ms: skipped 1\.$/m);
});

test('the time is the real one unless --at is given', async () => {
  const { ok, output } = await remind();

  expect(output).toMatch(NOTHING_DUE);
  expect(ok).toBe(true);
});

test('a run with an error fails the command', async () => {
  await database.query(
    'revoke execute on function public.sms_recover_and_expire from service_role',
  );

  const { ok, output } = await remind();

  await database.query('grant execute on function public.sms_recover_and_expire to service_role');
  expect(output).toMatch(/\nerror: the run failed with 42501: .*\n$/);
  expect(ok).toBe(false);
});

test('a refused key and a stopped stack are reported in one line', async () => {
  const refused = await remindWith({ SECRET_KEY: local.status.PUBLISHABLE_KEY });
  const silent = await remindWith({ FUNCTIONS_URL: 'http://127.0.0.1:1' });

  expect(refused.output).toBe(
    'error: sms-reminders refuses SECRET_KEY: run npm start again\n',
  );
  expect(silent.output).toBe(
    'error: no answer from http://127.0.0.1:1/sms-reminders: run npm start\n',
  );
  expect([refused.ok, silent.ok]).toEqual([false, false]);
});

test.each([
  [[], /^error: no local stack: run npm start\n$/],
  [['--at', 'tomorrow'], /^error: --at tomorrow is not a time: write .* in Warsaw, or .*\n$/],
  [['--nonsense'], /^error: usage: npm run remind -- .* in Warsaw .*\n$/],
  [['now'], /^error: usage: npm run remind -- .*\n$/],
])('%j without a stack fails with one helpful line', async (args, message) => {
  const { ok, output } = await runCli('remind', args, '/nowhere');

  expect(output).toMatch(message);
  expect(ok).toBe(false);
});
