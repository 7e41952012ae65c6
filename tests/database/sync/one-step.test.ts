import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, deliver } from '../support/deliveries.ts';
import { storedAndFolded } from '../support/folds.ts';
import { makeRetriesDue, runRetryJob, whileWritesFail } from '../support/retries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, tomasz, ZOFIA, zofia } from '../support/seated-slot.ts';
import { snapshot, type SnapshotOverrides, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const deliverAll = async (...deliveries: CalendarBooking[]) => {
  for (const one of deliveries) await deliver(database, one);
};
const polledSlot = (overrides: SnapshotOverrides) =>
  snapshot({ uid: 'slot', seated: true, wholeSlot: true, ...overrides });

async function expectSameFromStart(): Promise<void> {
  for (const { stored, folded } of await storedAndFolded(database)) {
    expect(stored).toEqual(folded);
  }
}

it('a snapshot that changes one seat of a slot belongs to the others as well', async () => {
  const zofiaLeaves = slot({
    trigger: 'BOOKING_CANCELLED',
    seatId: 'seat-z',
    ...person(ZOFIA),
    ...at(10),
  });
  await deliverAll(zofia, tomasz, zofiaLeaves);
  const polled = polledSlot({ ...at(12), hostName: 'Ewa', snapshot: { status: 'cancelled' } });
  expect(await sync(database, salon.id, [polled])).toEqual({ applied: 1 });
  await expectSameFromStart();
});

it('a snapshot that waited belongs to an appointment that it does not change', async () => {
  const polled = snapshot({ ...at(12), uid: 'uid-0', hostName: 'Ewa' });
  await whileWritesFail(database, () => sync(database, salon.id, [polled]));
  await deliver(database, snapshot({ ...at(11), uid: 'uid-0' }));
  await makeRetriesDue(database);
  await runRetryJob(database);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ status: 'scheduled' }]);
  await expectSameFromStart();
});
