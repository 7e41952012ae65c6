import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { expectInEveryOrder } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { slot, tomasz, zofia } from '../support/seated-slot.ts';
import { snapshot, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const ZOFIA = { attendeeName: 'Zofia Kaczmarek' };
const zofias = { attendee_name: 'Zofia Kaczmarek' };
const rows = () => syncedRows(database, salon.id);

describe('the name of the booker', () => {
  it('is the one that the booking names', async () => {
    await deliver(database, booking(ZOFIA));
    expect(await rows()).toMatchObject([zofias]);
  });

  it('is the one that a snapshot names, and is corrected by it', async () => {
    await deliver(database, booking({ attendeeName: 'Z. K.' }));
    expect(await sync(database, salon.id, [snapshot({ ...ZOFIA, ...at(12) })]))
      .toEqual({ applied: 1 });
    expect(await rows()).toMatchObject([zofias]);
    expect(await sync(database, salon.id, [snapshot({ ...ZOFIA, ...at(13) })]))
      .toEqual({ unchanged: 1 });
  });

  it('stays when a later delivery names nobody', async () => {
    await deliver(database, booking(ZOFIA));
    await deliver(database, booking({ trigger: 'BOOKING_PAID', ...at(11) }));
    expect(await rows()).toMatchObject([zofias]);
  });

  it('comes from a cancellation only if nothing better is known', async () => {
    const cancelled = { trigger: 'BOOKING_CANCELLED', attendeeName: 'Z. K.', ...at(12) } as const;
    await deliver(database, booking({ attendeeName: null }));
    await deliver(database, booking(cancelled));
    expect(await rows()).toMatchObject([{ attendee_name: 'Z. K.' }]);
    await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', ...ZOFIA, ...at(11) }));
    expect(await rows()).toMatchObject([zofias]);
  });

  it('is the same in whatever order the deliveries arrive', async () => {
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      attendeeName: 'Zofia Nowak',
      ...at(11),
    });
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', uid: 'uid-1', ...at(12) });
    await expectInEveryOrder(database, salon, [booking(ZOFIA), moved, cancelled], [
      { cal_com_event_id: 'uid-1', attendee_name: 'Zofia Nowak' },
    ]);
  });

  it('is each seat’s own', async () => {
    await deliver(database, slot({ ...zofia, ...ZOFIA }));
    await deliver(database, slot({ ...tomasz, attendeeName: 'Tomasz Gołąb' }));
    expect(await rows()).toMatchObject([{ attendee_name: 'Tomasz Gołąb' }, zofias]);
  });
});
