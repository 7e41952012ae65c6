import { afterAll, beforeAll, describe, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking } from '../support/deliveries.ts';
import { expectInEveryOrder, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const icalUid = 'uid-0@Cal.com';

describe('an appointment that was booked at 10:00:00 and moved twice within seconds', () => {
  const created = booking({ icalUid, ...stamped(45) });
  const moved = (from: string, to: string, seconds: number) =>
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: to,
      rescheduleUid: from,
      icalUid,
      ...stamped(seconds),
    });
  const first = moved('uid-0', 'uid-1', 38.6);
  const second = moved('uid-1', 'uid-2', 40.6);

  it('is where it was moved last, in any order of arrival', async () => {
    await expectInEveryOrder(database, salon, [created, first, second], [
      { cal_com_event_id: 'uid-2', status: 'scheduled' },
    ]);
  });

  it('is not at its first uid when the delivery in the middle is lost', async () => {
    await expectInEveryOrder(database, salon, [created, second], [
      { cal_com_event_id: 'uid-2', status: 'scheduled' },
    ]);
  });

  it('stays where it was moved last when its first uid is cancelled by a later stamp', async () => {
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...stamped(3600) });
    await expectInEveryOrder(database, salon, [created, second, cancelled], [
      { cal_com_event_id: 'uid-2', status: 'scheduled' },
    ]);
  });
});
