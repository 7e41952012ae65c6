import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { deliverSignedBy, readUids } from '../support/salon-webhooks.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, TOMASZ, ZOFIA, zofia } from '../support/seated-slot.ts';
import { snapshot, sync } from '../support/snapshots.ts';

/** `theirs` has an appointment; `ours` knows its uid, and has a secret of its own. */
let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: 'ours' });
  theirs = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const forge = (delivered: Partial<CalendarBooking>) => deliverSignedBy(database, ours, delivered);
const theirRows = () => syncedRows(database, theirs.id);
const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...at(12) });
const polledCancelled = snapshot({ ...at(13), snapshot: { status: 'cancelled' } });

/** Their cancellation, and if that is lost their sync, still end their appointment. */
async function expectTheirsToBeFree(): Promise<void> {
  expect(await deliver(database, cancelled)).toMatchObject({ action: 'applied' });
  expect(await theirRows()).toMatchObject([{ status: 'cancelled' }]);
}

async function expectTheirSyncToBeFree(): Promise<void> {
  expect(await sync(database, theirs.id, [polledCancelled])).toEqual({ applied: 1 });
  expect(await theirRows()).toMatchObject([{ status: 'cancelled' }]);
}

describe('a delivery with # in an id', () => {
  const forgeries: [string, Partial<CalendarBooking>][] = [
    ['uid', { uid: 'uid-0#x' }],
    ['uid of a seat', { uid: 'uid-0#x', seated: true, seatId: 'seat' }],
    ['rescheduleUid', { trigger: 'BOOKING_RESCHEDULED', uid: 'ours-1', rescheduleUid: 'uid-0#x' }],
    ['seatId', { uid: 'ours-1', seated: true, seatId: 'x#uid-0' }],
  ];

  it.each(forgeries)('is invalid and registers nothing: %s', async (_name, forged) => {
    await deliver(database, booking());
    expect(await forge(forged)).toMatchObject({ action: 'invalid', reason: 'invalid_payload' });
    expect(await readUids(database, ours)).toEqual([]);
    await expectTheirsToBeFree();
  });

  it('never names a first uid by an iCalendar UID', async () => {
    await deliver(database, booking());
    await forge({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'ours-1',
      rescheduleUid: 'ours-0',
      icalUid: 'uid-0#x@Cal.com',
    });
    expect(await readUids(database, ours)).toMatchObject([
      { cal_com_event_id: 'ours-0' },
      { cal_com_event_id: 'ours-1' },
    ]);
    await expectTheirSyncToBeFree();
  });
});

describe('a refused move of our slot into their booking', () => {
  const ourSeat = slot({ uid: 'ours-slot', seatId: 'seat-o', ...person(ZOFIA) });
  const intoTheirs = slot({
    trigger: 'BOOKING_RESCHEDULED',
    uid: 'uid-0',
    rescheduleUid: 'ours-slot',
    wholeSlot: true,
  });

  beforeEach(async () => {
    await deliver(database, booking());
    await forge(ourSeat);
    expect(await forge(intoTheirs)).toMatchObject({ reason: 'other_salon' });
  });

  it('is not followed by a later delivery about our seat', async () => {
    await forge({ ...ourSeat, ...at(14) });
    await forge({ ...ourSeat, trigger: 'MEETING_ENDED', ...at(15) });
    expect(await readUids(database, ours)).toMatchObject([
      { cal_com_event_id: 'ours-slot#seat-o', replaces: null },
    ]);
  });

  it('is not followed by a later seat of ours', async () => {
    await forge({ ...ourSeat, seatId: 'seat-p', ...person(TOMASZ), ...at(14) });
    expect((await readUids(database, ours)).length).toBe(2);
    await expectTheirsToBeFree();
  });

  it('does not become true by a retry', async () => {
    await database.query(
      `update public.webhook_logs set next_attempt_at = now() where status <> 'success'`,
    );
    await database.query('select private.retry_deliveries()');
    await forge({ ...ourSeat, ...at(14) });
    await expectTheirsToBeFree();
  });

  it('keeps neither their cancellation nor their sync from being applied', async () => {
    await forge({ ...ourSeat, ...at(14) });
    await expectTheirSyncToBeFree();
    expect(await deliver(database, cancelled)).toMatchObject({ reason: null });
  });
});

describe('our booking by the shared secret', () => {
  const shared = (delivered: Partial<CalendarBooking>) =>
    deliver(database, booking({ organizerUsername: 'ours', ...at(11), ...delivered }));

  it.each<[string, Partial<CalendarBooking>]>([
    ['their uid', {}],
    ['a seat of their uid', { seated: true, seatId: 'forged' }],
    ['their uid as the old one', {
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'ours-1',
      rescheduleUid: 'uid-0',
    }],
    ['their uid as the first one', {
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'ours-1',
      rescheduleUid: 'ours-0',
      icalUid: 'uid-0@Cal.com',
    }],
  ])('registers nothing when it names %s', async (_name, named) => {
    await deliver(database, booking());
    expect(await shared(named)).toMatchObject({ reason: 'other_salon' });
    expect(await readUids(database, ours)).toEqual([]);
    await expectTheirSyncToBeFree();
  });
});

describe("our knowledge of their slot's uid", () => {
  it('registers no seat of it for us, whenever we deliver', async () => {
    await deliver(database, zofia);
    expect(await forge(slot({ seatId: 'forged', ...person(TOMASZ) })))
      .toMatchObject({ reason: 'other_salon' });
    expect(await readUids(database, ours)).toEqual([]);
    const seatCancelled = slot({
      trigger: 'BOOKING_CANCELLED',
      seatId: 'seat-z',
      ...person(ZOFIA),
      ...at(12),
    });
    expect(await deliver(database, seatCancelled)).toMatchObject({ action: 'applied' });
  });
});
