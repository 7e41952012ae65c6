import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../cli/project/data-api.ts';
import { readAppointments } from '../../cli/simulator/appointments.ts';
import { CASES } from '../../cli/simulator/cases/cases.ts';
import { setScene } from '../../cli/simulator/cases/scene.ts';
import { sendAll } from '../../cli/simulator/run.ts';
import { salonNamed } from '../../cli/simulator/world/salons.ts';
import { civilDateAt } from '../../shared/time/civil-date.ts';
import { minutesAfter } from '../../shared/time/wall-time.ts';
import type { CommandResult } from '../../local/processes/run-command.ts';
import { freePort } from '../../local/setup/ports.ts';
import { startApi, type TestApi } from '../support/api.ts';
import type { TestDatabase } from '../support/database.ts';
import { startFunction, type TestFunction } from '../support/functions.ts';
import { type CommandDir, createCommandDir, runCli } from './support/commands.ts';
import { createSeededDatabase } from './support/seeded-database.ts';

let database: TestDatabase;
let api: TestApi;
let webhook: TestFunction;
let local: CommandDir;

beforeAll(async () => {
  database = await createSeededDatabase();
  api = await startApi(database);
  webhook = await startFunction('calcom-webhook', api);
  local = await createCommandDir(api);
});

afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await webhook.stop();
  await api.stop();
  await database.drop();
  await local.remove();
});

async function calcom(args: string[], dir = local.dir): Promise<CommandResult> {
  return await runCli('simulator', args, dir);
}

test('a life ends as one completed appointment under its last uid', async () => {
  const { ok, output } = await calcom(['life', '--at', '2026-12-01T10:00']);

  expect(output).toMatch(/^BOOKING_CREATED {2}\w{22} {2}Zofia Kaczmarek books 2026-12-01 10:00$/m);
  expect(output).toMatch(/^BOOKING_RESCHEDULED .* moves to 2026-12-02 10:00/m);
  const [, uid] = /^MEETING_ENDED {2}(\w{22})/m.exec(output) ?? [];
  expect(output.match(/^ {2}200 .*"action":"applied"/gm)).toHaveLength(3);
  expect(output.split('\n\n').at(-1)).toBe(
    `In the calendar of psi-styl, Europe/Warsaw:
  2026-12-02 10:00 to 11:00  completed
    Strzyżenie — mały pies: Zofia Kaczmarek i Katarzyna Wrona
    Zofia Kaczmarek with Fiona, by metadata; cal_com_event_id ${uid}
`,
  );
  expect(ok).toBe(true);
});

test('one of two seats is cancelled', async () => {
  const { ok, output } = await calcom(['seats']);

  expect(output).toMatch(/ scheduled\n.*\n {4}Zofia Kaczmarek with Fiona/);
  expect(output).toMatch(/ cancelled \(Wyjazd służbowy\.\)\n.*\n {4}Tomasz Gołąb with Borys/);
  expect(ok).toBe(true);
});

test('another salon has its own owner and clock', async () => {
  const { output } = await calcom([
    'created',
    '--salon',
    'polska-lapa',
    '--at',
    '2026-12-01T12:30Z',
  ]);

  expect(output).toContain('In the calendar of polska-lapa, Europe/London:\n  2026-12-01 12:30');
});

test('an expected refusal is not a failure', async () => {
  for (const [name, status] of [['bad-signature', 401], ['bad-json', 400]] as const) {
    const { ok, output } = await calcom([name]);

    expect(output).toContain(`\n  ${status} {"ok":false`);
    expect(ok).toBe(true);
  }
});

test('an unexpected answer fails the command', async () => {
  const { ok, output } = await calcom(['ping', '--secret', 'another']);

  expect(output).toMatch(/ {2}401 .* expected 200$/m);
  expect(ok).toBe(false);
});

test('for a deployed project the command says where to look', async () => {
  const { ok, output } = await calcom(
    ['created', '--url', api.url, '--secret', api.keys.webhookSecret],
    '/nowhere',
  );

  expect(output).toMatch(
    /in the SQL editor .*\n {2}select \* from calendar_events where .*'\w{22}%'/,
  );
  expect(ok).toBe(true);
});

test('for an unknown salon the command points to the log, and fails', async () => {
  const { ok, output } = await calcom(['created', '--salon', 'nowhere']);

  expect(output).toContain('"reason":"salon_not_found"');
  expect(output).toMatch(/ {2}select \* from webhook_logs where .*'\w{22}%'/);
  expect(output).toMatch(/\nerror: this case should have made: scheduled, not another number/);
  expect(ok).toBe(false);
});

test('a case that was accepted but not applied fails, and says what is missing', async () => {
  await database.query(
    'alter table public.calendar_events add constraint broken check (false) not valid',
  );
  const { ok, output } = await calcom(['created']);
  await database.query('alter table public.calendar_events drop constraint broken');

  expect(output).toMatch(/^ {2}200 /m);
  expect(output).toMatch(
    /\nerror: this case should have made: scheduled, not nothing\. The answers above say why\n$/,
  );
  expect(ok).toBe(false);
});

test('every case becomes what it promises', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const salon = salonNamed('psi-styl');
  const { url, keys: { webhookSecret: secret } } = api;
  const webhook = { webhookUrl: `${url}/functions/v1/calcom-webhook`, secret };
  for (const [name, { play, becomes }] of CASES) {
    const now = new Date();
    const scene = setScene(salon, minutesAfter(now, 24 * 60), now);
    const { eventIds, asExpected } = await sendAll(play(scene), webhook, false);
    const appointments = await readAppointments(connect(url, api.secretKey), eventIds);

    expect([name, asExpected, ...appointments.map(({ status }) => status).sort()])
      .toEqual([name, true, ...becomes]);
  }
});

test('--at today books later today', async () => {
  const { ok, output } = await calcom(['created', '--at', 'today']);

  expect(output).toContain(`Warsaw:\n  ${civilDateAt(new Date(), 'Europe/Warsaw')} `);
  expect(ok).toBe(true);
});

test('--verbose shows the request without the secret', async () => {
  const { output } = await calcom(['created', '--verbose']);

  expect(output).toMatch(/^ {2}> x-cal-signature-256: [0-9a-f]{64}$/m);
  expect(output).toMatch(/^ {2}> \{"triggerEvent":"BOOKING_CREATED","createdAt":/m);
  expect(output).not.toContain(api.keys.webhookSecret);
});

test('--list names every case, and needs no stack', async () => {
  const { ok, output } = await calcom(['--list'], '/nowhere');

  expect(output).toMatch(/^ {2}life +booked, moved to the next day under a new uid, ended$/m);
  expect(output.trimEnd().split('\n')).toHaveLength(CASES.size);
  expect(ok).toBe(true);
});

test.each([
  [['nonsense'], /^error: no case nonsense; there are:\n {2}life /],
  [[], /^error: name a case; there are:\n {2}life /],
  [['life', '--at', 'tomorrow'], /^error: --at tomorrow is not a time: write .*\n$/],
  [['life', '--nonsense'], /^error: usage: npm run calcom -- <case> .*\n$/],
  [['life', 'seats'], /^error: one case at a time; usage: .*\n$/],
  [['life', '--at', 'noon'], /write today, 2026-12-01T10:00 for the salon's time, or/],
  [['life'], /^error: no local stack: run npm start, or pass --url and --secret\n$/],
  [['life', '--url', 'http://127.0.0.1:1'], /^error: --url needs --secret, .*\n$/],
])('%j without a stack fails with one helpful line', async (args, message) => {
  const { ok, output } = await calcom(args, '/nowhere');

  expect(output).toMatch(message);
  expect(ok).toBe(false);
});

test('a stack that was stopped is reported as no stack', async () => {
  const stopped = await createCommandDir({ ...api, url: `http://127.0.0.1:${await freePort()}` });
  const { ok, output } = await calcom(['life'], stopped.dir);
  await stopped.remove();

  expect(output).toBe('error: no local stack: run npm start, or pass --url and --secret\n');
  expect(ok).toBe(false);
});

test('an address without an answer is reported in one line', async () => {
  const { output } = await calcom(['ping', '--url', 'http://127.0.0.1:1', '--secret', 'x']);

  expect(output).toMatch(/\nerror: no answer from http:\/\/127\.0\.0\.1:1\/.*\n$/);
});
