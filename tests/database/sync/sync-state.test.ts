import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.query('truncate public.salons cascade'));
afterAll(() => database.drop());

type Claimed = {
  salon_id: string;
  lease_token: string;
  scan_after: Date | null;
  scan_is_due: boolean;
};

async function call(text: string, values: unknown[] = []) {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(text, values);
    return rows;
  });
}
async function claim(salonId: string | null = null, from: string | null = null) {
  const [row] = await call('select * from public.calcom_sync_claim($1, $2)', [salonId, from]);
  return row as Claimed | undefined;
}
async function claimed(salonId: string | null = null, from: string | null = null) {
  const row = await claim(salonId, from);
  if (row === undefined) throw new Error('nothing to claim');
  return row;
}
const saveProgress = async ({ salon_id, lease_token }: Claimed, progress: object) =>
  (await call('select public.calcom_sync_save_progress($1, $2, $3) as kept', [
    salon_id,
    lease_token,
    progress,
  ]))[0]?.kept;
const release = async (
  { salon_id, lease_token }: Claimed,
  error: string | null = null,
  pauseSeconds: number | null = null,
) =>
  (await call('select public.calcom_sync_release($1, $2, $3, $4, $5) as kept', [
    salon_id,
    lease_token,
    { seen: 1 },
    error,
    pauseSeconds,
  ]))[0]?.kept;

/** Moves every stored time this many minutes into the past. */
async function minutesLater(minutes: number) {
  const back = `- interval '${minutes} minutes'`;
  await database.query(
    `update public.calcom_sync_state set last_started_at = last_started_at ${back},
       leased_until = leased_until ${back}, not_before = not_before ${back},
       last_scan_at = last_scan_at ${back}`,
  );
}

async function createSalonWithKey(username: string | null = `salon-${randomUUID()}`) {
  const { id } = await createSalon(database, { username });
  await database.query('select public.set_calcom_api_key($1, $2)', [id, 'cal_key']);
  return id;
}

describe('a salon is due', () => {
  it('when it has a key and a username', async () => {
    await createSalon(database, { username: 'keyless' });
    await createSalonWithKey(null);
    expect(await claim()).toBeUndefined();
    const salonId = await createSalonWithKey();
    expect(await claim()).toMatchObject({ salon_id: salonId });
  });

  it('nine minutes after its last run, which is before the scheduler’s next call', async () => {
    await createSalonWithKey();
    await release(await claimed());
    expect(await claim()).toBeUndefined();
    await minutesLater(9);
    expect(await claim()).toBeDefined();
  });

  it('at once while a scan is unfinished', async () => {
    const salonId = await createSalonWithKey();
    const run = await claimed(salonId, '2026-01-01T00:00:00Z');
    await release(run);
    expect(await claim()).toMatchObject({ salon_id: salonId });
  });

  it('after salons that have waited longer', async () => {
    const [one, other] = [await createSalonWithKey(), await createSalonWithKey()];
    await release(await claimed(one));
    await minutesLater(20);
    await release(await claimed(other));
    await minutesLater(20);
    expect([(await claimed()).salon_id, (await claimed()).salon_id]).toEqual([one, other]);
  });

  it.each([['key_refused', null, 60], ['unavailable', null, 5], ['rate_limited', 1800, 30]])(
    'after %s and a pause (Cal.com asked for %s seconds), or when it is named',
    async (error, pauseSeconds, minutes) => {
      const salonId = await createSalonWithKey();
      await release(await claimed(salonId, '2026-01-01T00:00:00Z'), error, pauseSeconds);
      await minutesLater(minutes - 1);
      expect(await claim()).toBeUndefined();
      const named = await claimed(salonId);
      await release(named, error, pauseSeconds);
      await minutesLater(minutes);
      expect(await claim()).toBeDefined();
    },
  );
});

describe('a lease', () => {
  it('excludes other runs until it ends', async () => {
    const salonId = await createSalonWithKey();
    await claimed(salonId);
    expect([await claim(salonId), await claim()]).toEqual([undefined, undefined]);
    await minutesLater(3);
    expect(await claim(salonId)).toBeDefined();
  });

  it('is extended whenever progress is saved', async () => {
    const run = await claimed(await createSalonWithKey());
    await minutesLater(1.5);
    expect(await saveProgress(run, {})).toBe(true);
    await minutesLater(1.5);
    expect(await claim(run.salon_id)).toBeUndefined();
  });

  it('that another run has taken over is void', async () => {
    const salonId = await createSalonWithKey();
    const lost = await claimed(salonId);
    await minutesLater(3);
    const taken = await claimed(salonId);
    expect([await saveProgress(lost, { scanDone: 5 }), await release(lost)]).toEqual([
      false,
      false,
    ]);
    expect([await saveProgress(taken, {}), await release(taken)]).toEqual([true, true]);
  });

  it('is given to one of many concurrent runs', async () => {
    await createSalonWithKey();
    const runs = await Promise.all(Array.from({ length: 8 }, () => claim()));
    expect(runs.filter((run) => run !== undefined)).toHaveLength(1);
  });
});

describe('a scan', () => {
  const FROM = '2026-01-01T00:00:00.000Z';

  it('is due at first and a day after the last one', async () => {
    const run = await claimed(await createSalonWithKey());
    expect(run).toMatchObject({ scan_is_due: true, scan_after: null });
    await saveProgress(run, { scanFrom: FROM, scanAfter: null });
    await release(run);
    expect(await claimed(run.salon_id)).toMatchObject({ scan_is_due: false });
    await minutesLater(21 * 60);
    expect(await claimed(run.salon_id)).toMatchObject({ scan_is_due: true });
  });

  it('resumes when it is requested again, and restarts from another day', async () => {
    const salonId = await createSalonWithKey();
    const run = await claimed(salonId, FROM);
    await saveProgress(run, { scanAfter: '2026-02-01T00:00:00Z', scanTotal: 9, scanDone: 4 });
    await release(run);
    const again = await claimed(salonId, FROM);
    expect(again).toMatchObject({ scan_after: new Date('2026-02-01'), scan_done: 4 });
    await release(again);
    expect(await claimed(salonId, '2025-01-01T00:00:00Z')).toMatchObject({
      scan_after: new Date('2025-01-01'),
      scan_total: null,
      scan_done: 0,
    });
  });

  it('that is finished restarts when it is requested again', async () => {
    const salonId = await createSalonWithKey();
    const run = await claimed(salonId, FROM);
    await saveProgress(run, { scanAfter: null, scanDone: 9 });
    await release(run);
    expect(await claimed(salonId, FROM)).toMatchObject({
      scan_after: new Date(FROM),
      scan_done: 0,
    });
  });
});

it('cursors never move back', async () => {
  const run = await claimed(await createSalonWithKey());
  await saveProgress(run, {
    createdCursor: '2026-03-01T00:00:00Z',
    updatedCursor: '2026-03-01T00:00:00Z',
  });
  await saveProgress(run, { createdCursor: '2026-02-01T00:00:00Z' });
  const state = await database.query(
    'select created_cursor, updated_cursor from public.calcom_sync_state',
  );
  const march = new Date('2026-03-01');
  expect(state).toEqual([{ created_cursor: march, updated_cursor: march }]);
});

it('a successful run clears the previous error', async () => {
  const salonId = await createSalonWithKey();
  await release(await claimed(salonId), 'unavailable');
  await release(await claimed(salonId));
  expect(
    await database.query(
      `select last_error, not_before, counts, last_success_at is not null as succeeded
       from public.calcom_sync_state`,
    ),
  ).toEqual([{ last_error: null, not_before: null, counts: { seen: 1 }, succeeded: true }]);
});
