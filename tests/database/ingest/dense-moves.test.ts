import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver } from '../support/deliveries.ts';
import { createSalon } from '../support/salons.ts';
import { person, slot, ZOFIA } from '../support/seated-slot.ts';

const FEW = 4;
const MANY = 40;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSalon(database);
});
afterAll(() => database.drop());

/** A seat of the same person in each slot, said to have moved there from each earlier one. */
const moves = (seats: number) =>
  Array.from({ length: seats }, (_, to) => Array.from({ length: to }, (_, from) => ({ from, to })))
    .flat()
    .map(({ from, to }) => ({
      uid: from === 0 ? `slot-${to}` : `slot-${to}-from-${from}`,
      seatId: `seat-${to}`,
      rescheduleUid: `slot-${from}`,
      from: `seat-${from}`,
    }));

const uids = () =>
  database.query(
    `select booking_uid, seat_id, replaced_uid, replaced_seat_id, generation
     from public.calendar_event_uids order by booking_uid, seat_id`,
  );

it('moves of a seat from each earlier slot to each later one make one chain', async () => {
  await deliver(database, slot({ uid: 'slot-0', seatId: 'seat-0', ...person(ZOFIA) }));
  for (const { uid, seatId, rescheduleUid } of moves(FEW)) {
    const moved = { trigger: 'BOOKING_RESCHEDULED' as const, uid, seatId, rescheduleUid };
    await deliver(database, slot({ ...moved, ...person(ZOFIA) }));
  }
  const expected = moves(FEW).map(({ uid, seatId, rescheduleUid, from }) => ({
    booking_uid: uid,
    seat_id: seatId,
    replaced_uid: rescheduleUid,
    replaced_seat_id: from,
    generation: Number(seatId.slice('seat-'.length)),
  }));
  expect(await uids()).toEqual(expect.arrayContaining(expected));
});

it('a chain is numbered at once, however many ways lead through it', async () => {
  // As the deliveries of the test above register them. 2^38 ways lead to the last seat.
  await database.query(
    `insert into public.calendar_event_uids
       (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id)
     select m ->> 'uid', m ->> 'seatId', e.id, m ->> 'rescheduleUid', m ->> 'from'
     from jsonb_array_elements($1) m, public.calendar_events e
     on conflict do nothing`,
    [JSON.stringify(moves(MANY))],
  );
  await database.query(
    `begin; set local statement_timeout = '5s';
     select private.number_generations(e.id, null) from public.calendar_events e; commit`,
  );
  expect(await database.query('select max(generation) as last from public.calendar_event_uids'))
    .toEqual([{ last: MANY - 1 }]);
});
