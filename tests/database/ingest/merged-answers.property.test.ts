import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { timesOn } from '../support/answers.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const ROWS = 3;
const row = fc.nat(ROWS - 1);
const day = fc.constantFrom(15, 16);
const word = fc.constantFrom(
  { column: 'attendance', value: 'completed' },
  { column: 'attendance', value: 'no_show' },
  { column: 'client_response', value: 'coming' },
  { column: 'client_response', value: 'wants_to_move' },
);
/** The host moves one of the appointments, or a member says something of it. */
const event = fc.oneof(fc.record({ row, day }), fc.record({ row, word }));
const life = fc.record({
  booked: fc.array(day, { minLength: ROWS, maxLength: ROWS }),
  events: fc.array(event, { minLength: 1, maxLength: 8 }),
  links: fc.shuffledSubarray([1, 2], { minLength: 2 }),
  linkedOn: day,
});

/** Delivers what happened to an appointment five minutes after the last delivery. */
function deliveries() {
  let count = 0;
  const next = (uid: number, on: number, move: object) => {
    const occurredAt = new Date(Date.UTC(2026, 8, 1, 10, 5 * count++)).toISOString();
    return deliver(database, booking({ uid: `uid-${uid}`, occurredAt, ...timesOn(on), ...move }));
  };
  return {
    book: (uid: number, on: number) => next(uid, on, {}),
    move: (uid: number, on: number, from: number) =>
      next(uid, on, { trigger: 'BOOKING_RESCHEDULED', rescheduleUid: `uid-${from}` }),
  };
}
const say = (uid: number, { column, value }: { column: string; value: string }) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) =>
      client.query(
        `update calendar_events set ${column} = $2
         where cal_com_event_id = $1 and ${column} is distinct from $2`,
        [`uid-${uid}`, value],
      ),
  );

it('of all that was said of appointments that are one, the last about its start counts', async () => {
  await fc.assert(
    fc.asyncProperty(life, async ({ booked, events, links, linkedOn }) => {
      await forgetDeliveries(database);
      const { book, move } = deliveries();
      const days = [...booked];
      for (const [uid, on] of days.entries()) await book(uid, on);
      const last = new Map<string, string>();
      for (const happened of events) {
        if ('day' in happened) {
          days[happened.row] = happened.day;
          await move(happened.row, happened.day, happened.row);
        } else if ((await say(happened.row, happened.word)).rowCount === 1) {
          last.set(`${happened.word.column} ${days[happened.row]}`, happened.word.value);
        }
      }
      for (const uid of links) await move(uid, linkedOn, uid - 1);

      const rows = await database.query<{ day: number }>(
        `select extract(day from start_time at time zone 'UTC')::integer as day, attendance,
           client_response as response
         from calendar_events`,
      );
      expect(rows).toMatchObject([{
        attendance: last.get(`attendance ${rows[0]?.day}`) ?? null,
        response: last.get(`client_response ${rows[0]?.day}`) ?? null,
      }]);
    }),
    { numRuns: 20 },
  );
});
