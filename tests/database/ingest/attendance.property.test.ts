import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { deliver } from '../support/deliveries.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

type Row = {
  uid: string;
  start: string;
  status: string;
  attendance: string | null;
  response: string | null;
  note: string | null;
  client: string | null;
};

let database: TestDatabase;
let salon: TestSalon;
let clientId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  ({ id: clientId } = await createClient(database, salon.id, {
    phone: '+48600700899',
    email: null,
  }));
});
afterAll(() => database.drop());

const readRows = () =>
  database.query<Row>(
    `select cal_com_event_id as uid, start_time::text as start, status, attendance,
       client_response as response, salon_note as note, client_id as client
     from calendar_events order by cal_com_event_id`,
  );
/** A member says who came, notes what the client answered, and assigns the client. */
const say = (uid: string, said: Pick<Row, 'attendance' | 'response' | 'note' | 'client'>) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) =>
      client.query(
        `update calendar_events
         set attendance = $2, client_response = $3, salon_note = $4, client_id = $5
         where cal_com_event_id = $1`,
        [uid, said.attendance, said.response, said.note, said.client],
      ),
  );
const NOTHING = { attendance: null, response: null, note: null, client: null };
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
        const words = { attendance, response: 'coming', note: 'Krótko', client: clientId };
        for (const { uid } of shown) await say(uid, words);
        await deliverAll(order.slice(count));
        const said = await readRows();
        for (const { uid } of shown) {
          expect(said.find((row) => row.uid === uid)).toMatchObject({
            ...words,
            status: attendance,
          });
          await say(uid, NOTHING);
        }
        expect(await readRows()).toEqual(last);
      }),
      { numRuns: 40 },
    );
  },
);
