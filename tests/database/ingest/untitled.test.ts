import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { storedAndFolded } from '../support/folds.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

it('a booking without a title is called a visit, also when it is folded again', async () => {
  const first = booking({ title: null });
  const move = (to: number) =>
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: `uid-${to}`,
      rescheduleUid: `uid-${to - 1}`,
      title: null,
      ...at(10 + to),
    });
  for (const order of [[first, move(1), move(2)], [move(2), first, move(1)]]) {
    await forgetDeliveries(database);
    for (const delivery of order) await deliver(database, delivery);
    expect(await syncedRows(database, salon.id)).toMatchObject([
      { cal_com_event_id: 'uid-2', title: 'Wizyta' },
    ]);
    expect(await storedAndFolded(database)).toMatchObject([{ folded: { title: 'Wizyta' } }]);
  }
});
