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
} from './support.ts';

const FROM = new Date(FIRST_DAY_MS).toISOString();

/** A page and a half of bookings for each request: the function stops after two pages. */
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

let askedBefore = 0;

/** What Cal.com was asked since the last call. */
function asked(): URL[] {
  const since = sync.calcom.requests.slice(askedBefore);
  askedBefore = sync.calcom.requests.length;
  return since.map((path) => new URL(path, sync.calcom.url));
}
const syncNow = (more = {}) => sync.call({ salonId, wait: true, ...more });

/** As if the salon had been watched since then. */
async function watchedSince(ms: number): Promise<void> {
  await sync.database.query(
    `insert into public.calcom_sync_state
       (salon_id, created_cursor, updated_cursor, last_scan_at) values ($1, $2, $2, now())`,
    [salonId, new Date(ms).toISOString()],
  );
}

describe('a backfill', () => {
  it('that reaches the limit of a run goes on in the next', async () => {
    bookAppointments(sync.town, 330, 60);
    const first = await syncNow({ from: FROM });
    expect(first.body).toMatchObject({ done: false, error: null, counts: { seen: 200 } });
    expect(await readState(sync.database, salonId)).toMatchObject({
      scanIsOver: false,
      total: 330,
      // The last of a page is also the first of the next.
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

  it('nobody waits for goes on by itself until it is over', async () => {
    bookAppointments(sync.town, 330, 60);
    expect(await sync.call({ salonId, from: FROM })).toMatchObject({ status: 202 });
    await expect.poll(() => readState(sync.database, salonId), { timeout: 15_000 })
      .toMatchObject({ scanIsOver: true, done: 330 });
    await endOfRun(sync.database, salonId);
    expect(await countAppointments(sync.database, salonId)).toBe(330);
  });

  it('gets past more bookings with one start than a page holds', async () => {
    for (const { booking } of bookAppointments(sync.town, 240)) {
      booking.start = new Date(LAST_MOMENT_MS - DAY_MS);
      booking.end = new Date(LAST_MOMENT_MS - DAY_MS / 2);
    }
    expect((await syncNow({ from: FROM })).body).toMatchObject({ done: true });
    expect(await countAppointments(sync.database, salonId)).toBe(240);
  });

  it('misses nothing when bookings change their places meanwhile', async () => {
    const appointments = bookAppointments(sync.town, 180, 60);
    const held = sync.gate.hold('sync_bookings', 'call');
    const running = syncNow({ from: FROM });
    await held.reached;
    // With pages by offset, each of these would take another booking out of the next page.
    for (const { booking } of appointments.slice(0, 20)) {
      booking.start = new Date(LAST_MOMENT_MS + 30 * DAY_MS);
      booking.end = new Date(LAST_MOMENT_MS + 31 * DAY_MS);
    }
    held.release();
    await running;
    expect(await countAppointments(sync.database, salonId)).toBe(180);
  });
});

describe('a look at what is new', () => {
  it('finds bookings that never changed, and those that did long after they were made', async () => {
    const yesterday = LAST_MOMENT_MS - DAY_MS;
    const [untouched, changed, old] = bookAppointments(sync.town, 3, -30);
    if (untouched) untouched.createdAt = yesterday + 1000;
    if (changed) changed.updatedAt = yesterday + 2000;
    await watchedSince(yesterday);
    expect((await syncNow()).body).toMatchObject({ counts: { seen: 2, applied: 2 } });
    const uids = await sync.database.query('select cal_com_event_id as uid from calendar_events');
    expect(uids.map(({ uid }) => uid).sort())
      .toEqual([untouched?.booking.uid, changed?.booking.uid].sort());
    expect(old?.updatedAt).toBeNull();
  });

  it('begins a little more than ten minutes before where the last one ended', async () => {
    await watchedSince(LAST_MOMENT_MS - DAY_MS);
    asked();
    await syncNow();
    const expected = new Date(LAST_MOMENT_MS - DAY_MS - 10 * 60_000 - 1).toISOString();
    const [created, updated, soon] = asked();
    expect(created?.searchParams.get('afterCreatedAt')).toBe(expected);
    expect(updated?.searchParams.get('afterUpdatedAt')).toBe(expected);
    expect(soon?.searchParams.has('beforeEnd')).toBe(true);
  });

  it('goes on after the last booking it took in when it is interrupted', async () => {
    const appointments = bookAppointments(sync.town, 250, -30);
    const firstMs = LAST_MOMENT_MS - DAY_MS;
    for (const [index, appointment] of appointments.entries()) {
      appointment.createdAt = firstMs + index * 300_000;
    }
    await watchedSince(firstMs);
    expect((await syncNow()).body).toMatchObject({ done: false, counts: { seen: 200 } });
    // What is ten minutes old is looked at again.
    expect((await syncNow()).body).toMatchObject({ done: true, counts: { applied: 51 } });
    expect(await countAppointments(sync.database, salonId)).toBe(250);
  });

  it('sees who was marked as not come to an appointment of these days, which dates nothing anew', async () => {
    const [appointment] = bookAppointments(sync.town, 1, 0.5);
    await watchedSince(LAST_MOMENT_MS - DAY_MS);
    await syncNow();
    if (appointment) appointment.absent = true;
    await syncNow();
    expect(await sync.database.query('select status from calendar_events'))
      .toEqual([{ status: 'no_show' }]);
  });
});

describe('when Cal.com', () => {
  it('refuses the key, that salon rests for an hour and the others are served', async () => {
    await sync.database.query('select public.set_calcom_api_key($1, $2)', [salonId, 'cal_old']);
    const other = await createKeyedSalon(sync.database, sync.otherTown.account);
    bookAppointments(sync.otherTown, 1);
    await sync.call();
    await expect.poll(() => countAppointments(sync.database, other)).toBe(1);
    await expect.poll(() => readState(sync.database, salonId)).toMatchObject({
      error: 'key_refused',
      hasSucceeded: false,
      restsSeconds: 3600,
    });
  });

  it.each([[47, 47], [undefined, 60]])(
    'has had enough, the salon rests as long as it says (%s) and then goes on',
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
      asked();
      await sync.call();
      await expect.poll(sync.output).toContain('"salons":0');
      expect(asked()).toEqual([]);

      sync.calcom.limit(Number.POSITIVE_INFINITY);
      expect((await syncNow({ from: FROM })).body).toMatchObject({ done: true, error: null });
      expect(await countAppointments(sync.database, salonId)).toBe(90);
    },
  );

  it.each<[string, { status: number; body: unknown }, string]>([
    ['is down', { status: 502, body: null }, 'unavailable'],
    ['answers without data', { status: 200, body: { status: 'success' } }, 'unreadable'],
    [
      'answers in another shape',
      { status: 200, body: { status: 'success', data: {} } },
      'unreadable',
    ],
    ['knows a filter no more', { status: 400, body: { status: 'error' } }, 'refused'],
  ])('%s, the next run tries again', async (_name, answer, error) => {
    bookAppointments(sync.town, 1);
    sync.calcom.fail(answer);
    expect((await syncNow()).body).toMatchObject({ done: false, error });
    expect((await syncNow()).body).toMatchObject({ done: true, error: null });
    expect(await countAppointments(sync.database, salonId)).toBe(1);
  });

  it('lists something that cannot be read, the rest is taken in', async () => {
    bookAppointments(sync.town, 2);
    sync.town.account.attended.push(
      { uid: 'no-time', hosts: [{ username: 'psi-styl' }], status: 'accepted', start: '' },
    );
    const everything = { from: new Date(0).toISOString() };
    sync.calcom.fail(
      { status: 200, body: { status: 'success', data: [] } },
      { status: 200, body: { status: 'success', data: [] } },
      {
        status: 200,
        body: {
          status: 'success',
          data: [null, 7, { uid: 'odd', hosts: [{ username: 'psi-styl' }], status: 'odd' }],
        },
      },
    );
    expect((await syncNow(everything)).body).toMatchObject({ counts: { unreadable: 3 } });
    expect((await syncNow(everything)).body).toMatchObject({ counts: { applied: 2 } });
  });
});
