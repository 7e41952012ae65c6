import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createClient, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
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

const at = (hour: number) => ({
  occurredAt: `2026-09-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
});
const seen = (hour: number, rest: SnapshotOverrides = {}) => snapshot({ ...at(hour), ...rest });
const syncAll = (...snapshots: ReturnType<typeof seen>[]) => sync(database, salon.id, snapshots);
const rows = () => syncedRows(database, salon.id);
const off = { snapshot: { status: 'cancelled' as const } };

describe('the log of deliveries', () => {
  it('gets no row for a booking that the calendar has right', async () => {
    await deliver(database, booking());
    expect(await syncAll(seen(1), seen(2))).toEqual({ unchanged: 2 });
    expect(await loggedSnapshots(database)).toBe(0);
  });

  it('gets one row for what webhooks missed, however often it is seen', async () => {
    expect(await syncAll(seen(1))).toEqual({ applied: 1 });
    expect(await syncAll(seen(2), seen(3))).toEqual({ unchanged: 2 });
    expect(await loggedSnapshots(database)).toBe(1);
  });

  it('gets one row for what cannot be applied, which each look tries again', async () => {
    await deliver(database, booking({ organizerUsername: 'inny-salon' }));
    for (const hour of [1, 2, 3]) {
      expect(await syncAll(seen(hour, off))).toEqual({ 'deferred other_salon': 1 });
    }
    const tried = await database.query(
      `select attempts from public.webhook_logs where webhook_type = 'BOOKING_SYNCED'`,
    );
    expect(tried).toEqual([{ attempts: 3 }]);
  });

  it('gets a row when something changes back to what it was', async () => {
    const absent = { snapshot: { ended: true, absent: true } };
    const came = { snapshot: { ended: true } };
    await syncAll(seen(1, came));
    await syncAll(seen(2, absent));
    expect(await rows()).toMatchObject([{ status: 'no_show' }]);
    await syncAll(seen(3, came));
    expect(await rows()).toMatchObject([{ status: 'completed' }]);
    expect(await loggedSnapshots(database)).toBe(3);
  });

  it('has later looks later, though the clock they go by jumped back', async () => {
    await syncAll(seen(3));
    await syncAll(seen(2, off));
    expect(await rows()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('does not bring contact data back that was taken out of the calendar', async () => {
    await deliver(database, booking({ attendeeEmail: 'zofia@poczta.example' }));
    await database.query('update public.calendar_events set attendee_email = null');
    expect(await syncAll(seen(1, { attendeeEmail: 'zofia@poczta.example' })))
      .toEqual({ unchanged: 1 });
  });
});

describe('an appointment found in Cal.com', () => {
  it('is as old as its booking, and reached us when it was found', async () => {
    await syncAll(seen(5, { snapshot: { createdAt: '2026-08-20T10:00:00.000Z' } }));
    expect(await rows()).toMatchObject([{ created_at: '2026-08-20T10:00:00+00:00' }]);
    const [lag] = await database.query(
      `select synced_at > now() - interval '1 minute' as fresh from public.calendar_events`,
    );
    expect(lag).toEqual({ fresh: true });
  });

  it('gets the client of its phone', async () => {
    const client = await createClient(database, salon.id);
    await syncAll(seen(1, { attendeePhone: '501 220 314' }));
    expect(await rows()).toMatchObject([{ client_id: client.id, link_source: 'phone' }]);
  });

  it('is of the salon whose key was used, whatever host the API names', async () => {
    await syncAll(seen(1, { organizerUsername: 'inny-salon' }));
    expect(await rows()).toHaveLength(1);
    expect(await syncedRows(database, other.id)).toEqual([]);
  });

  it('stays that of another salon that has it already', async () => {
    await deliver(database, booking({ organizerUsername: 'inny-salon' }));
    expect(await syncAll(seen(2, off))).toEqual({ 'deferred other_salon': 1 });
    expect(await syncedRows(database, other.id)).toMatchObject([{ status: 'scheduled' }]);
  });

  it('leaves the others of its batch alone when it fails', async () => {
    const unusable = { ...seen(1, { uid: 'uid-1' }), startTime: 'soon' };
    const unreadable = { ...seen(1, { uid: 'uid-2' }), occurredAt: 'now-ish' };
    expect(await syncAll(unusable, unreadable, seen(1))).toEqual({
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
  ])('of which only the first was heard of is one appointment, %s', async (_name, order) => {
    for (const links of [['uid-1', 'uid-2'], [null, null]]) {
      await forgetDeliveries(database);
      await deliver(database, booking(a));
      const found = [
        seen(3, { ...a, ...gone(links[0] ?? null) }),
        seen(3, { ...b, ...gone(links[1] ?? null) }),
        seen(3, c),
      ];
      await syncAll(...order.flatMap((index) => found[index] ?? []));
      expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-2', status: 'scheduled' }]);
    }
  });

  it('of which nothing was heard of is one appointment', async () => {
    await syncAll(seen(3, { ...a, ...gone('uid-1') }), seen(3, { ...b, ...gone('uid-2') }));
    expect(await rows()).toEqual([]);
    await syncAll(seen(3, c));
    expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-2', status: 'scheduled' }]);
  });

  it('joins a confirmation that did not tell what it confirmed', async () => {
    await deliver(database, booking(a));
    await deliver(database, booking({ uid: 'uid-1', ...at(1) }));
    expect(await rows()).toHaveLength(2);
    await syncAll(seen(2, b));
    expect(await rows()).toMatchObject([{ cal_com_event_id: 'uid-1' }]);
  });

  it('keeps nobody waiting for an appointment that another host took over', async () => {
    await deliver(database, booking(a));
    await syncAll(seen(2, { ...a, ...gone('uid-elsewhere') }));
    expect(await rows()).toMatchObject([{ status: 'cancelled' }]);
  });
});

it('a series whose only event stood for all is put right, booking by booking', async () => {
  const series = { recurring: true };
  for (const uid of ['s0', 's1', 's2']) await deliver(database, booking({ uid, ...series }));
  await deliver(
    database,
    booking({ uid: 's0', trigger: 'BOOKING_CANCELLED', ...series, ...at(1) }),
  );
  const found = ['s0', 's1', 's2'].map((uid) => seen(2, { uid, ...series, ...off }));
  expect(await syncAll(...found)).toEqual({ applied: 2, unchanged: 1 });
  expect((await rows()).map(({ status }) => status)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
});
