import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { deliver } from '../support/deliveries.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

type Row = { uid: string; start: string; status: string; attendance: string | null };

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const readRows = () =>
  database.query<Row>(
    `select cal_com_event_id as uid, start_time::text as start, status, attendance
     from calendar_events order by cal_com_event_id`,
  );
const say = (uid: string, attendance: string | null) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) =>
      client.query('update calendar_events set attendance = $2 where cal_com_event_id = $1', [
        uid,
        attendance,
      ]),
  );
async function deliverAll(deliveries: readonly CalendarBooking[]) {
  for (const delivery of deliveries) await deliver(database, delivery);
}

/** A history, the same in another order, and after how many deliveries of that somebody says something. */
const interrupted = (histories: fc.Arbitrary<CalendarBooking[]>) =>
  histories.chain((history) =>
    fc.tuple(
      fc.constant(history),
      fc.shuffledSubarray(history, { minLength: history.length }),
      fc.nat(history.length),
      fc.constantFrom('completed', 'no_show'),
    )
  );

it.each([['an appointment', plainHistory], ['a seat', slotHistory]])(
  'what is said of the last time of %s outlasts late deliveries, and hides no status of theirs',
  async (_what, histories) => {
    await fc.assert(
      fc.asyncProperty(interrupted(histories), async ([history, order, count, attendance]) => {
        await forgetDeliveries(database);
        await deliverAll(history);
        const last = await readRows();
        await forgetDeliveries(database);
        await deliverAll(order.slice(0, count));
        const shown = (await readRows()).filter((row) =>
          last.some(({ uid, start }) => uid === row.uid && start === row.start)
        );
        for (const { uid } of shown) await say(uid, attendance);
        await deliverAll(order.slice(count));
        const said = await readRows();
        for (const { uid } of shown) {
          expect(said.find((row) => row.uid === uid)).toMatchObject({
            attendance,
            status: attendance,
          });
          await say(uid, null);
        }
        expect(await readRows()).toEqual(last);
      }),
      { numRuns: 40 },
    );
  },
);
