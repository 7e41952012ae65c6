import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { loggedSnapshots, snapshot, type SnapshotOverrides, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  other = await createSalon(database, { username: 'inny-salon' });
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const polled = (hour: number, rest: SnapshotOverrides = {}) => snapshot({ ...at(hour), ...rest });
const syncAll = (...snapshots: ReturnType<typeof polled>[]) => sync(database, salon.id, snapshots);
const rows = () => syncedRows(database, salon.id);
const cancelled = { snapshot: { status: 'cancelled' as const } };

describe('the log of deliveries', () => {
  it('gets no row for a booking that the calendar already matches', async () => {
    await deliver(database, booking());
    expect(await syncAll(polled(1), polled(2))).toEqual({ unchanged: 2 });
    expect(await loggedSnapshots(database)).toBe(0);
  });

  it('gets one row for a missed booking, however often it is polled', async () => {
    expect(await syncAll(polled(1))).toEqual({ applied: 1 });
    expect(await syncAll(polled(2), polled(3))).toEqual({ unchanged: 2 });
    expect(await loggedSnapshots(database)).toBe(1);
  });

  it('gets one row for a deferred snapshot, which each poll retries', async () => {
    await deliver(database, booking({ organizerUsername: 'inny-salon' }));
    for (const hour of [1, 2, 3]) {
      expect(await syncAll(polled(hour, cancelled))).toEqual({ 'deferred other_salon': 1 });
    }
    const tried = await database.query(
      `select attempts from public.webhook_logs where webhook_type = 'BOOKING_SYNCED'`,
    );
    expect(tried).toEqual([{ attempts: 3 }]);
  });

  it('gets a row when a booking returns to an earlier state', async () => {
    const absent = { snapshot: { ended: true, absent: true } };
    const came = { snapshot: { ended: true } };
    await syncAll(polled(1, came));
    await syncAll(polled(2, absent));
    expect(await rows()).toMatchObject([{ status: 'no_show' }]);
    await syncAll(polled(3, came));
    expect(await rows()).toMatchObject([{ status: 'completed' }]);
    expect(await loggedSnapshots(database)).toBe(3);
  });

  it('orders polls by arrival if the clock of Cal.com jumps back', async () => {
    await syncAll(polled(3));
    await syncAll(polled(2, cancelled));
    expect(await rows()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('does not restore contact data that was removed from the calendar', async () => {
    await deliver(database, booking({ attendeeEmail: 'zofia@poczta.example' }));
    await database.query('update public.calendar_events set attendee_email = null');
    expect(await syncAll(polled(1, { attendeeEmail: 'zofia@poczta.example' })))
      .toEqual({ unchanged: 1 });
  });
});

describe('an appointment created by the sync', () => {
  it('has the booking’s creation time and its own sync time', async () => {
    await syncAll(polled(5, { snapshot: { createdAt: '2026-08-20T10:00:00.000Z' } }));
    expect(await rows()).toMatchObject([{ created_at: '2026-08-20T10:00:00+00:00' }]);
    const [lag] = await database.query(
      `select synced_at > now() - interval '1 minute' as fresh from public.calendar_events`,
    );
    expect(lag).toEqual({ fresh: true });
  });

  it('is linked to the client with its phone', async () => {
    const client = await createClient(database, salon.id);
    await syncAll(polled(1, { attendeePhone: '501 220 314' }));
    expect(await rows()).toMatchObject([{ client_id: client.id, link_source: 'phone' }]);
  });

  it('belongs to the salon whose API key was used, whatever the host', async () => {
    await syncAll(polled(1, { organizerUsername: 'inny-salon' }));
    expect(await rows()).toHaveLength(1);
    expect(await syncedRows(database, other.id)).toEqual([]);
  });

  it('is not taken from another salon that has it already', async () => {
    await deliver(database, booking({ organizerUsername: 'inny-salon' }));
    expect(await syncAll(polled(2, cancelled))).toEqual({ 'deferred other_salon': 1 });
    expect(await syncedRows(database, other.id)).toMatchObject([{ status: 'scheduled' }]);
  });

  it('does not affect the others of its batch when it fails', async () => {
    const unusable = { ...polled(1, { uid: 'uid-1' }), startTime: 'soon' };
    const malformed = { ...polled(1, { uid: 'uid-2' }), occurredAt: 'now-ish' };
    expect(await syncAll(unusable, malformed, polled(1))).toEqual({
      'applied': 1,
      'deferred apply_failed': 1,
      'failed 22007': 1,
    });
  });
});

describe('a chain of reschedules', () => {
  const [a, b, c] = [0, 1, 2].map((index) => ({
    uid: `uid-${index}`,
    rescheduleUid: index === 0 ? null : `uid-${index - 1}`,
  }));
  const gone = (movedTo: string | null) => ({
    snapshot: { status: 'cancelled' as const, movedTo },
  });

  it.each([
    ['the oldest first', [0, 1, 2]],
    ['the newest first', [2, 1, 0]],
    ['the middle first', [1, 2, 0]],
  ])('of which only the first was delivered is one appointment, %s', async (_name, order) => {
    for (const links of [['uid-1', 'uid-2'], [null, null]]) {
      await forgetDeliveries(database);
      await deliver(database, booking(a));
      const found = [
        polled(3, { ...a, ...gone(links[0] ?? null) }),
        polled(3, { ...b, ...gone(links[1] ?? null) }),
        polled(3, c),
      ];
      await syncAll(...order.flatMap((index) => found[index] ?? []));
      expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-2', status: 'scheduled' }]);
    }
  });

  it('of which nothing was delivered is one appointment', async () => {
    await syncAll(polled(3, { ...a, ...gone('uid-1') }), polled(3, { ...b, ...gone('uid-2') }));
    expect(await rows()).toEqual([]);
    await syncAll(polled(3, c));
    expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-2', status: 'scheduled' }]);
  });

  it('connects a confirmation that did not name its predecessor', async () => {
    await deliver(database, booking(a));
    await deliver(database, booking({ uid: 'uid-1', ...at(1) }));
    expect(await rows()).toHaveLength(2);
    await syncAll(polled(2, b));
    expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-1' }]);
  });

  it('cancels an appointment that moved to another host', async () => {
    await deliver(database, booking(a));
    await syncAll(polled(2, { ...a, ...gone('uid-elsewhere') }));
    expect(await rows()).toMatchObject([{ status: 'cancelled' }]);
  });
});

it('a series cancelled by a single delivery is corrected booking by booking', async () => {
  const series = { recurring: true };
  for (const uid of ['s0', 's1', 's2']) await deliver(database, booking({ uid, ...series }));
  await deliver(
    database,
    booking({ uid: 's0', trigger: 'BOOKING_CANCELLED', ...series, ...at(1) }),
  );
  const found = ['s0', 's1', 's2'].map((uid) => polled(2, { uid, ...series, ...cancelled }));
  expect(await syncAll(...found)).toEqual({ applied: 2, unchanged: 1 });
  expect((await rows()).map(({ status }) => status)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
});
