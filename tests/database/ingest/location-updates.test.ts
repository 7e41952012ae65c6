import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { expectInEveryOrder, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { slot, tomasz, zofia } from '../support/seated-slot.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const rows = () => syncedRows(database, salon.id);
const created = booking({
  location: 'ul. Stara 1',
  meetingUrl: 'https://meet.example/old',
  description: 'boi się suszarki',
});
const updated = booking({
  ...created,
  trigger: 'BOOKING_LOCATION_UPDATED',
  location: 'ul. Nowa 2',
  meetingUrl: 'https://meet.example/new',
  ...at(12),
});

describe('BOOKING_LOCATION_UPDATED', () => {
  it('changes the place and the link, and neither the time nor the status', async () => {
    await deliver(database, created);
    const [before] = await rows();
    expect(await deliver(database, updated)).toMatchObject({ action: 'applied' });
    expect(await rows()).toEqual([{
      ...before,
      location: 'ul. Nowa 2',
      meeting_url: 'https://meet.example/new',
      last_event_at: '2026-09-02T12:00:00+00:00',
    }]);
  });

  it('from a video call to an address removes the link', async () => {
    await deliver(database, created);
    await deliver(database, { ...updated, meetingUrl: null });
    expect(await rows()).toMatchObject([{ location: 'ul. Nowa 2', meeting_url: null }]);
  });

  it('wins over the booking, whatever their stamps and order', async () => {
    await expectInEveryOrder(
      database,
      salon,
      [{ ...created, ...stamped(45) }, { ...updated, ...stamped(10.5) }],
      [{ location: 'ul. Nowa 2', status: 'scheduled' }],
    );
  });

  it('keeps a confirmation, a no-show and a cancellation', async () => {
    const requested = booking({ trigger: 'BOOKING_REQUESTED', ...stamped(0) });
    const confirmed = booking({ ...stamped(60) });
    const absent = booking({
      trigger: 'BOOKING_NO_SHOW_UPDATED',
      attendees: [{ email: null, phone: null, noShow: true }],
      ...at(11),
    });
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...at(11) });
    await expectInEveryOrder(database, salon, [requested, confirmed, updated], [
      { location: 'ul. Nowa 2', status: 'confirmed' },
    ]);
    await expectInEveryOrder(database, salon, [created, absent, updated], [
      { location: 'ul. Nowa 2', status: 'no_show' },
    ]);
    await expectInEveryOrder(database, salon, [created, cancelled, updated], [
      { location: 'ul. Nowa 2', status: 'cancelled' },
    ]);
  });

  it('of an earlier uid does not outlive the move to the next', async () => {
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      location: 'ul. Trzecia 3',
      ...at(10),
    });
    await expectInEveryOrder(database, salon, [created, updated, moved], [
      { cal_com_event_id: 'uid-1', location: 'ul. Trzecia 3' },
    ]);
  });

  it('is followed by the latest of several', async () => {
    const again = { ...updated, location: 'ul. Stara 1', ...at(14) };
    await expectInEveryOrder(database, salon, [created, updated, again], [
      { location: 'ul. Stara 1' },
    ]);
  });

  it('creates the appointment of an unknown booking', async () => {
    expect(await deliver(database, updated)).toMatchObject({ action: 'applied' });
    expect(await rows()).toMatchObject([{ location: 'ul. Nowa 2', status: 'scheduled' }]);
  });

  it('creates a pending appointment if the booking still awaits its confirmation', async () => {
    await deliver(database, { ...updated, awaitingConfirmation: true });
    expect(await rows()).toMatchObject([{ status: 'pending' }]);
  });

  it('of a whole slot is about every seat, also about one that is heard of later', async () => {
    const place = slot({
      trigger: 'BOOKING_LOCATION_UPDATED',
      wholeSlot: true,
      location: 'ul. Nowa 2',
      ...at(12),
    });
    await expectInEveryOrder(database, salon, [zofia, tomasz, place], [
      { cal_com_event_id: 'slot#seat-t', location: 'ul. Nowa 2', status: 'scheduled' },
      { cal_com_event_id: 'slot#seat-z', location: 'ul. Nowa 2', status: 'scheduled' },
    ]);
  });
});
