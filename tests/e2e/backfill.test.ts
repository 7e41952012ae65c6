import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CommandResult } from '../../local/processes/run-command.ts';
import {
  bookAppointments,
  countAppointments,
  createKeyedSalon,
  emptyAll,
  startSync,
  type Sync,
} from '../functions/support/calcom-sync.ts';
import { type CommandDir, createCommandDir, runCli } from './support/commands.ts';

let sync: Sync;
let salonId: string;
let local: CommandDir;

beforeAll(async () => {
  sync = await startSync({ CALCOM_SYNC_RUN_LIMIT: '100' });
  local = await createCommandDir(sync.api);
});
beforeEach(async () => {
  await emptyAll(sync);
  salonId = await createKeyedSalon(sync.database, sync.town.account, null);
});
afterAll(async () => {
  await sync.stop();
  await local.remove();
});

async function backfill(args: string[], env: Record<string, string>): Promise<CommandResult> {
  return await runCli('backfill', args, local.dir, { CALCOM_API_URL: sync.calcom.url, ...env });
}
async function storeKey(id = salonId, key = 'cal_psi-styl'): Promise<void> {
  await sync.database.query('select public.set_calcom_api_key($1, $2)', [id, key]);
}

const ASKED = ['--salon', 'Psi-Styl', '--from', '2025-03-01'];
const WITH_KEY = { CALCOM_API_KEY: 'cal_psi-styl' };

test('all bookings are imported, however many calls that takes', async () => {
  bookAppointments(sync.town, 250, 60);
  const { ok, output } = await backfill(ASKED, WITH_KEY);
  expect(output).toContain('Salon: bookings from 2025-03-01 00:00 on');
  expect(output).toMatch(/100% \| 250 of 250 bookings/);
  expect(output).toMatch(/Done: imported 250, already there \d+\.\n$/);
  expect(ok).toBe(true);
  expect(await countAppointments(sync.database, salonId)).toBe(250);
});

test('the key is stored, so a second run does not need it', async () => {
  bookAppointments(sync.town, 2);
  await backfill(ASKED, WITH_KEY);
  const { ok, output } = await backfill(ASKED, {});
  expect(output).toContain('Done: imported 0, already there');
  expect(ok).toBe(true);
});

test.each<[string, string, { status: number; body: object } | null]>([
  ['that Cal.com refuses', 'cal_old', null],
  ['of another account', 'cal_inny-salon', null],
  ['that could not be checked', 'cal_psi-styl', { status: 503, body: {} }],
])('a key %s is not kept, and the one before it stays', async (_name, CALCOM_API_KEY, fault) => {
  await storeKey();
  if (fault !== null) sync.calcom.fail(fault);
  const { ok, output } = await backfill(ASKED, { CALCOM_API_KEY });
  expect(output).toMatch(/^error: .*CALCOM_API_|^error: .* inny-salon, not to psi-styl/);
  expect(ok).toBe(false);
  expect(await sync.database.query('select public.calcom_api_key($1) as key', [salonId]))
    .toEqual([{ key: 'cal_psi-styl' }]);
});

test('a key that was replaced at Cal.com is refused by the run, which says so', async () => {
  await storeKey(salonId, 'cal_old');
  const { ok, output } = await backfill(ASKED, {});
  expect(output).toMatch(/\nerror: Cal\.com refuses the key: make a new one/);
  expect(ok).toBe(false);
});

test('bookings that cannot be imported fail the command', async () => {
  bookAppointments(sync.town, 2);
  await sync.database.query(
    'alter table public.calendar_events add constraint broken check (false) not valid',
  );
  const { ok, output } = await backfill(ASKED, WITH_KEY);
  await sync.database.query('alter table public.calendar_events drop constraint broken');
  expect(output).toMatch(/Done: imported 0, already there 0, deferred 2\.\nSee reason/);
  expect(ok).toBe(false);
});

test('--url selects another project, with its key in the environment', async () => {
  bookAppointments(sync.town, 1);
  const env = {
    ...WITH_KEY,
    BARKBOOK_LOCAL_DIR: join(local.dir, 'nowhere'),
    SUPABASE_SECRET_KEY: sync.api.secretKey,
  };
  expect(await backfill([...ASKED, '--url', sync.api.url], env)).toMatchObject({ ok: true });
  expect(await countAppointments(sync.database, salonId)).toBe(1);
});

test('the command waits when Cal.com limits the rate, says why, and then continues', async () => {
  bookAppointments(sync.town, 2);
  await storeKey();
  sync.calcom.fail({ status: 429, body: {}, headers: { 'retry-after': '3' } });
  const { ok, output } = await backfill(ASKED, {});
  expect(output).toMatch(/Cal\.com accepts no more requests with this key for now: waiting \d s/);
  expect(output).toContain('Done: imported 2');
  expect(ok).toBe(true);
});

test('a username that hosts none of the bookings is reported', async () => {
  bookAppointments(sync.town, 2);
  const others = await createKeyedSalon(sync.database, sync.otherTown.account, null);
  await storeKey(others);
  const { ok, output } = await backfill(['--salon', 'inny-salon', '--from', '2025-03-01'], {});
  expect(output).toMatch(/None of \d+ bookings is hosted by inny-salon: check/);
  expect(ok).toBe(false);
  expect(await countAppointments(sync.database, others)).toBe(0);
});

test.each<[string, string[], string, RegExp]>([
  [
    'an unknown salon',
    ['--salon', 'x', '--from', '2025-03-01'],
    '',
    /no salon has the Cal\.com username x/,
  ],
  [
    'a salon without a key',
    ASKED,
    '',
    /this salon has no key to Cal\.com’s API: .* CALCOM_API_KEY/,
  ],
  ['a wrong key', ASKED, 'cal_old', /^error: Cal\.com refuses the API key: .* CALCOM_API_KEY\n$/],
])('%s fails with one line that says what to do', async (_name, args, CALCOM_API_KEY, expected) => {
  const { ok, output } = await backfill(args, { CALCOM_API_KEY });
  expect(output).toMatch(expected);
  expect(output).not.toContain('    at ');
  expect(ok).toBe(false);
});

test('pages of an unknown form fail with one line that says what to do', async () => {
  await storeKey();
  const changed = { status: 200, body: { status: 'success', data: [] } };
  sync.calcom.fail(changed, changed);
  const { ok, output } = await backfill(ASKED, {});
  expect(output).toMatch(/Cal\.com lists bookings in a form .* update this project/);
  expect(ok).toBe(false);
});

test('a key that is no secret key is refused', async () => {
  const env = { ...WITH_KEY, SUPABASE_SECRET_KEY: sync.api.publishableKey };
  const { ok, output } = await backfill([...ASKED, '--url', sync.api.url], env);
  expect(output).toMatch(/^error: the database could not be read: .*\n$/);
  expect(ok).toBe(false);
});
