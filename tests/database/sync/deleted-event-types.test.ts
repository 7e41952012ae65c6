import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { tomasz, ZOFIA, zofia } from '../support/seated-slot.ts';
import { snapshot, type SnapshotOverrides, sync } from '../support/snapshots.ts';

/** Once its event type is deleted, the API lists a slot like a plain booking, without its seats. */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const rows = () => syncedRows(database, salon.id);
const poll = (overrides: SnapshotOverrides = {}) =>
  sync(database, salon.id, [
    snapshot({ uid: 'slot', attendeeEmail: ZOFIA, ...at(12), ...overrides }),
  ]);

describe('a plain snapshot of a slot whose seats are known', () => {
  beforeEach(async () => {
    await deliver(database, zofia);
    await deliver(database, tomasz);
  });

  it('makes no third appointment', async () => {
    expect(await poll()).toEqual({ unchanged: 1 });
    expect(await rows()).toHaveLength(2);
  });

  it('cancels every seat if the slot is cancelled', async () => {
    expect(await poll({ snapshot: { status: 'cancelled' } })).toEqual({ applied: 1 });
    expect(await rows()).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }]);
  });

  it('moves every seat, and changes neither its attendee nor its status', async () => {
    const times = { startTime: '2026-09-20T08:00:00.000Z', endTime: '2026-09-20T09:00:00.000Z' };
    expect(await poll(times)).toEqual({ applied: 1 });
    const start_time = '2026-09-20T08:00:00+00:00';
    expect(await rows()).toMatchObject([
      { start_time, attendee_email: tomasz.attendeeEmail, status: 'scheduled' },
      { start_time, attendee_email: ZOFIA, status: 'scheduled' },
    ]);
  });

  it('revives no seat that was given up', async () => {
    await deliver(database, { ...zofia, trigger: 'BOOKING_CANCELLED', ...at(10) });
    expect(await poll()).toEqual({ unchanged: 1 });
    expect(await rows()).toMatchObject([{ status: 'scheduled' }, { status: 'cancelled' }]);
  });
});

it('a snapshot of a plain booking stays about that booking', async () => {
  await deliver(database, booking({ uid: 'slot' }));
  expect(await poll({ snapshot: { status: 'cancelled' } })).toEqual({ applied: 1 });
  expect(await rows()).toMatchObject([{ cal_com_event_id: 'slot', status: 'cancelled' }]);
});
