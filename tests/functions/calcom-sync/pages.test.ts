import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, FIRST_DAY_MS, LAST_MOMENT_MS } from '../../support/calcom/town.ts';
import {
  bookAppointments,
  countAppointments,
  createKeyedSalon,
  emptyAll,
  endOfRun,
  readState,
  startSync,
  type Sync,
} from '../support/calcom-sync.ts';

const FROM = new Date(FIRST_DAY_MS).toISOString();

/** A page and a half of bookings: a run stops after two pages. */
const RUN_LIMIT = 150;

let sync: Sync;
let salonId: string;

beforeAll(async () => {
  sync = await startSync({ CALCOM_SYNC_RUN_LIMIT: String(RUN_LIMIT) });
});
beforeEach(async () => {
  await emptyAll(sync);
  salonId = await createKeyedSalon(sync.database, sync.town.account);
});
afterAll(() => sync.stop());

let requestsBefore = 0;

/** The requests to Cal.com since the last call. */
function newRequests(): URL[] {
  const since = sync.calcom.requests.slice(requestsBefore);
  requestsBefore = sync.calcom.requests.length;
  return since.map((path) => new URL(path, sync.calcom.url));
}
const syncNow = (more = {}) => sync.call({ salonId, wait: true, ...more });

/** Sets the state as if the salon had been synced until then. */
async function setSyncedUntil(ms: number): Promise<void> {
  await sync.database.query(
    `insert into public.calcom_sync_state
       (salon_id, created_cursor, updated_cursor, last_scan_at) values ($1, $2, $2, now())`,
    [salonId, new Date(ms).toISOString()],
  );
}

describe('a backfill', () => {
  it('that reaches the limit of a run resumes in the next', async () => {
    bookAppointments(sync.town, 330, 60);
    const first = await syncNow({ from: FROM });
    expect(first.body).toMatchObject({ done: false, error: null, counts: { seen: 200 } });
    expect(await readState(sync.database, salonId)).toMatchObject({
      scanIsOver: false,
      total: 330,
      // The last booking of a page is also the first of the next.
      done: 199,
    });
    const second = await syncNow({ from: FROM });
    expect(second.body).toMatchObject({ done: true });
    expect(await readState(sync.database, salonId)).toMatchObject({
      scanIsOver: true,
      total: 330,
      done: 330,
    });
    expect(await countAppointments(sync.database, salonId)).toBe(330);
  });

  it('that no caller waits for continues until it is complete', async () => {
    bookAppointments(sync.town, 330, 60);
    expect(await sync.call({ salonId, from: FROM })).toMatchObject({ status: 202 });
    await expect.poll(() => readState(sync.database, salonId), { timeout: 15_000 })
      .toMatchObject({ scanIsOver: true, done: 330 });
    await endOfRun(sync.database, salonId);
    expect(await countAppointments(sync.database, salonId)).toBe(330);
  });

  it('handles more bookings with one start than fit on a page', async () => {
    for (const { booking } of bookAppointments(sync.town, 240)) {
      booking.start = new Date(LAST_MOMENT_MS - DAY_MS);
      booking.end = new Date(LAST_MOMENT_MS - DAY_MS / 2);
    }
    expect((await syncNow({ from: FROM })).body).toMatchObject({ done: true });
    expect(await countAppointments(sync.database, salonId)).toBe(240);
  });

  it('misses nothing if positions of bookings change meanwhile', async () => {
    const appointments = bookAppointments(sync.town, 180, 60);
    const held = sync.gate.hold('sync_bookings', 'call');
    const running = syncNow({ from: FROM });
    await held.reached;
    // With pages by offset, each of these would remove another booking from the next page.
    for (const { booking } of appointments.slice(0, 20)) {
      booking.start = new Date(LAST_MOMENT_MS + 30 * DAY_MS);
      booking.end = new Date(LAST_MOMENT_MS + 31 * DAY_MS);
    }
    held.release();
    await running;
    expect(await countAppointments(sync.database, salonId)).toBe(180);
  });
});

describe('an ordinary run', () => {
  it('finds new bookings, and old ones that changed', async () => {
    const yesterday = LAST_MOMENT_MS - DAY_MS;
    const [untouched, changed, old] = bookAppointments(sync.town, 3, -30);
    if (untouched) untouched.createdAt = yesterday + 1000;
    if (changed) changed.updatedAt = yesterday + 2000;
    await setSyncedUntil(yesterday);
    // Cal.com also dates the change of the new one.
    expect((await syncNow()).body).toMatchObject({ counts: { seen: 3, applied: 2 } });
    const uids = await sync.database.query('select cal_com_event_id as uid from calendar_events');
    expect(uids.map(({ uid }) => uid).sort())
      .toEqual([untouched?.booking.uid, changed?.booking.uid].sort());
    expect(old?.updatedAt).toBeNull();
  });

  it('begins ten minutes before the end of the last one', async () => {
    await setSyncedUntil(LAST_MOMENT_MS - DAY_MS);
    newRequests();
    await syncNow();
    const expected = new Date(LAST_MOMENT_MS - DAY_MS - 10 * 60_000 - 1).toISOString();
    const [created, updated, soon] = newRequests();
    expect(created?.searchParams.get('afterCreatedAt')).toBe(expected);
    expect(updated?.searchParams.get('afterUpdatedAt')).toBe(expected);
    expect(soon?.searchParams.has('beforeEnd')).toBe(true);
  });

  it('resumes after the last applied booking if it was interrupted', async () => {
    const appointments = bookAppointments(sync.town, 250, -30);
    const firstMs = LAST_MOMENT_MS - DAY_MS;
    for (const [index, appointment] of appointments.entries()) {
      appointment.createdAt = firstMs + index * 300_000;
    }
    await setSyncedUntil(firstMs);
    expect((await syncNow()).body).toMatchObject({ done: false, counts: { seen: 200 } });
    // The last ten minutes are read again.
    expect((await syncNow()).body).toMatchObject({ counts: { applied: 51 } });
    expect(await countAppointments(sync.database, salonId)).toBe(250);
  });

  it('finds a new no-show of these days, which does not change updatedAt', async () => {
    const [appointment] = bookAppointments(sync.town, 1, 0.5);
    await setSyncedUntil(LAST_MOMENT_MS - DAY_MS);
    await syncNow();
    if (appointment) appointment.absent = true;
    await syncNow();
    expect(await sync.database.query('select status from calendar_events'))
      .toEqual([{ status: 'no_show' }]);
  });
});

describe('when Cal.com', () => {
  it('refuses the key, that salon pauses for an hour and the others are synced', async () => {
    await sync.database.query('select public.set_calcom_api_key($1, $2)', [salonId, 'cal_old']);
    const other = await createKeyedSalon(sync.database, sync.otherTown.account);
    bookAppointments(sync.otherTown, 1);
    const outputBefore = sync.output().length;
    await sync.call();
    // Until then, the run could also lease the salon of the next test.
    await expect.poll(() => sync.output().slice(outputBefore)).toContain('"msg":"run finished"');
    await expect.poll(() => countAppointments(sync.database, other)).toBe(1);
    await expect.poll(() => readState(sync.database, salonId)).toMatchObject({
      error: 'key_refused',
      hasSucceeded: false,
      restsSeconds: 3600,
    });
  });

  it.each([[47, 47], [undefined, 60]])(
    'limits the rate, the salon pauses as long as it says (%s) and then resumes',
    async (retryAfterSeconds, restsSeconds) => {
      bookAppointments(sync.town, 90, 60);
      sync.calcom.limit(2, retryAfterSeconds);
      expect((await syncNow({ from: FROM })).body).toMatchObject({
        done: false,
        error: 'rate_limited',
        retryAfterSeconds: restsSeconds,
      });
      expect(await readState(sync.database, salonId)).toMatchObject({
        scanIsOver: false,
        restsSeconds,
      });
      newRequests();
      await sync.call();
      await expect.poll(sync.output).toContain('"salons":0');
      expect(newRequests()).toEqual([]);

      sync.calcom.limit(Number.POSITIVE_INFINITY);
      expect((await syncNow({ from: FROM })).body).toMatchObject({ done: true, error: null });
      expect(await countAppointments(sync.database, salonId)).toBe(90);
    },
  );

  it('is down, the next run retries', async () => {
    bookAppointments(sync.town, 1);
    sync.calcom.fail({ status: 502, body: null });
    expect((await syncNow()).body).toMatchObject({ done: false, error: 'unavailable' });
    expect((await syncNow()).body).toMatchObject({ done: true, error: null });
    expect(await countAppointments(sync.database, salonId)).toBe(1);
  });

  it.each<[string, { status: number; body: unknown }, string]>([
    ['answers without data', { status: 200, body: { status: 'success' } }, 'unreadable'],
    [
      'answers in another form',
      { status: 200, body: { status: 'success', data: {} } },
      'page_shape_unknown',
    ],
    [
      'no longer says whether there are more pages',
      { status: 200, body: { status: 'success', data: [] } },
      'page_shape_unknown',
    ],
    ['no longer knows a filter', { status: 400, body: { status: 'error' } }, 'refused'],
  ])(
    '%s in any version, the sync says so and the next run retries',
    async (_name, answer, error) => {
      bookAppointments(sync.town, 1);
      sync.calcom.fail(answer, answer);
      expect((await syncNow()).body).toMatchObject({ done: false, error });
      expect(await readState(sync.database, salonId)).toMatchObject({ error });
      expect((await syncNow()).body).toMatchObject({ done: true, error: null });
      expect(await countAppointments(sync.database, salonId)).toBe(1);
    },
  );

  it.each(['2024-08-13', '2026-05-01'])('speaks only version %s, all is found', async (version) => {
    bookAppointments(sync.town, 230, 60);
    sync.calcom.speak(version);
    expect((await syncNow({ from: FROM })).body).toMatchObject({ done: false, error: null });
    expect((await syncNow({ from: FROM })).body).toMatchObject({ done: true, error: null });
    expect(await countAppointments(sync.database, salonId)).toBe(230);
  });

  it('lists unreadable bookings, the others are applied', async () => {
    bookAppointments(sync.town, 2);
    sync.town.account.attended.push(
      { uid: 'no-time', hosts: [{ username: 'psi-styl' }], status: 'accepted', start: '' },
    );
    const everything = { from: new Date(0).toISOString() };
    const pageOf = (...data: unknown[]) => {
      const pagination = { itemsPerPage: 100, hasNextPage: false };
      return { status: 200, body: { status: 'success', data, pagination } };
    };
    const odd = { uid: 'odd', hosts: [{ username: 'psi-styl' }], status: 'odd' };
    sync.calcom.fail(pageOf(), pageOf(), pageOf(null, 7, odd));
    expect((await syncNow(everything)).body).toMatchObject({ counts: { unreadable: 3 } });
    expect((await syncNow(everything)).body).toMatchObject({ counts: { applied: 2 } });
  });
});
