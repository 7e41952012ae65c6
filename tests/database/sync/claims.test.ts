import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

// What a run leaves in calcom_sync_state, for itself and for others.
let database: TestDatabase;
let salonId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('truncate public.salons cascade');
  await database.query('delete from private.sync_wake_up');
  salonId = await createSalonWithKey();
});
afterEach(closeSessions);
afterAll(() => database.drop());

async function createSalonWithKey(username: string | null = `salon-${randomUUID()}`) {
  const { id } = await createSalon(database, { username });
  await database.query('select public.set_calcom_api_key($1, $2)', [id, 'cal_key']);
  return id;
}

async function claim(named: string | null = null) {
  const [row] = await database.query(
    'select salon_id, lease_token, scan_is_due from public.calcom_sync_claim($1)',
    [named],
  );
  return row;
}
const saveProgress = (token: string, progress: object) =>
  database.query('select public.calcom_sync_save_progress($1, $2, $3)', [salonId, token, progress]);
const release = (token: string, error: string | null, pauseSeconds: number | null = null) =>
  database.query(`select public.calcom_sync_release($1, $2, '{}', $3, $4)`, [
    salonId,
    token,
    error,
    pauseSeconds,
  ]);

async function state(columns: string) {
  const [row] = await database.query(
    `select ${columns} from public.calcom_sync_state where salon_id = $1`,
    [salonId],
  );
  return row;
}

/** Claims the salon; the token of the lease. */
async function leased(): Promise<string> {
  const row = await claim(salonId);
  if (row === undefined) throw new Error('nothing to claim');
  return row['lease_token'];
}

describe('a run', () => {
  it('takes another salon than one that is being written, without waiting', async () => {
    await claim(salonId);
    await database.query(
      `update public.calcom_sync_state set leased_until = null, lease_token = null,
         last_started_at = now() - interval '1 day'`,
    );
    const other = await createSalonWithKey();
    const elsewhere = await openSession(database);
    await elsewhere.query('select from public.calcom_sync_state for update');
    expect(await claim()).toMatchObject({ salon_id: other });
  });

  it('for one salon begins no state of others, and none of a salon without a username', async () => {
    const nameless = await createSalonWithKey(null);
    expect(await claim(nameless)).toBeUndefined();
    await claim(salonId);
    expect(await database.query('select salon_id from public.calcom_sync_state')).toEqual([
      { salon_id: salonId },
    ]);
  });

  it('for one salon needs no key in Vault, which the call may bring', async () => {
    const { id } = await createSalon(database, { username: 'keyless' });
    expect(await claim(id)).toMatchObject({ salon_id: id });
  });

  it('of a salon whose username was removed since is none', async () => {
    await release(await leased(), null);
    await database.query('update public.salons set cal_com_username = null');
    expect(await claim(salonId)).toBeUndefined();
  });

  it('within a minute of another one does not count as a new start of the schedule', async () => {
    await claim();
    const woken = 'select woken_at from private.sync_wake_up';
    const [first] = await database.query(woken);
    await claim();
    expect(await database.query(woken)).toEqual([first]);
    await database.query(
      `update private.sync_wake_up set woken_at = now() - interval '61 seconds'`,
    );
    await claim();
    expect(await database.query(`${woken} where woken_at > now() - interval '9 seconds'`))
      .toHaveLength(1);
  });
});

describe('progress', () => {
  const SCAN = 'scan_from, scan_after, scan_total, scan_done, last_scan_at';

  it('that says nothing of the scan leaves it as it is', async () => {
    const token = await leased();
    const from = '2026-01-01T00:00:00.000Z';
    const after = '2026-02-01T00:00:00.000Z';
    await saveProgress(token, { scanFrom: from, scanAfter: after, scanTotal: 9, scanDone: 4 });
    const scan = {
      scan_from: new Date(from),
      ...{ scan_after: new Date(after), scan_total: 9, scan_done: 4, last_scan_at: null },
    };
    expect(await state(SCAN)).toEqual(scan);
    await saveProgress(token, { updatedCursor: from });
    expect(await state(SCAN)).toEqual(scan);
  });

  it('that ends the scan says when, so that no other one is due', async () => {
    const token = await leased();
    await saveProgress(token, { scanFrom: '2026-01-01T00:00:00Z', scanAfter: null });
    expect(await state("last_scan_at > now() - interval '9 seconds' as ended")).toEqual({
      ended: true,
    });
  });

  it('is saved in the row of its own lease only', async () => {
    const token = await leased();
    await saveProgress(randomUUID(), { scanDone: 5 });
    expect(await state('scan_done, lease_token')).toEqual({ scan_done: 0, lease_token: token });
  });
});

describe('the end of a run', () => {
  const PAUSE = 'round(extract(epoch from not_before - now()))::integer as pause';

  it.each([
    ['key_missing', null, 3600],
    ['key_refused', null, 3600],
    ['unreadable', null, 300],
    ['key_refused', 60, 60],
    [null, 60, 60],
    [null, null, null],
  ])('with the error %s and a pause of %s seconds pauses for %s', async (error, asked, pause) => {
    await release(await leased(), error, asked);
    expect(await state(`${PAUSE}, last_error, lease_token, leased_until`)).toEqual({
      ...{ pause, last_error: error, lease_token: null, leased_until: null },
    });
  });

  it('with an error keeps the time of the last success', async () => {
    const before = new Date('2026-01-01T00:00:00Z');
    const token = await leased();
    await database.query('update public.calcom_sync_state set last_success_at = $1', [before]);
    await release(token, 'unavailable');
    expect(await state('last_success_at')).toEqual({ last_success_at: before });
    await release(await leased(), null);
    expect(await state("last_success_at > now() - interval '9 seconds' as now")).toEqual({
      now: true,
    });
  });
});

it.each([
  ['a lease without its end', 'lease_is_whole', 'lease_token = gen_random_uuid()'],
  ['the end of no lease', 'lease_is_whole', 'leased_until = now()'],
  ['a scan that goes on from nowhere', 'scan_has_a_start', 'scan_after = now()'],
])('%s cannot be stored', async (_what, constraint, change) => {
  await release(await leased(), null);
  await expect(database.query(`update public.calcom_sync_state set ${change}`)).rejects
    .toMatchObject({ code: '23514', constraint: `calcom_sync_state_${constraint}` });
});
