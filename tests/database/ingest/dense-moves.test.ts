import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, ZOFIA } from '../support/seated-slot.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const FEW = 4;
const MANY = 60;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterEach(closeSessions);
afterAll(() => database.drop());

/**
 * Seats of the same person, each said to have moved to a free time from each earlier one, which had
 * moved into another slot before: one slot cannot be left twice.
 */
const moves = (seats: number) =>
  Array.from({ length: seats }, (_, to) => Array.from({ length: to }, (_, from) => ({ from, to })))
    .flat()
    .flatMap(({ from, to }) => {
      const left = `slot-of-${from}-before-${to}`;
      const known = from === 0 ? 'slot-0' : `slot-of-${from}-after-0`;
      return [
        { uid: left, seatId: `seat-${from}`, rescheduleUid: known, from: `seat-${from}` },
        {
          uid: `slot-of-${to}-after-${from}`,
          seatId: `seat-${to}`,
          rescheduleUid: left,
          from: `seat-${from}`,
        },
      ];
    });

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
  // As the deliveries of the test above register them. 2^58 ways lead to the last seat.
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

it('a chain with a circle in it is numbered at once', async () => {
  await database.query(
    `insert into public.calendar_event_uids
       (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id)
     select 'circle', 'seat-1', e.id, u.booking_uid, u.seat_id
     from public.calendar_events e, public.calendar_event_uids u
     where u.seat_id = $1 limit 1`,
    [`seat-${MANY - 1}`],
  );
  await database.query(
    `begin; set local statement_timeout = '5s';
     select private.number_generations(e.id, null) from public.calendar_events e; commit`,
  );
  expect(
    await database.query(
      'select max(generation) >= $1 as has_all from public.calendar_event_uids',
      [
        MANY - 1,
      ],
    ),
  ).toEqual([{ has_all: true }]);
});

it('a seat is found in other slots without reading what else the salon has', async () => {
  await database.query(
    `with made as (
       insert into public.calendar_events (cal_com_event_id, salon_id, title, start_time, end_time)
       select 'other-' || n, $1, 'Wizyta', '2026-09-15 08:00Z', '2026-09-15 09:00Z'
       from generate_series(1, 5000) n returning id, cal_com_event_id)
     insert into public.calendar_event_uids (booking_uid, seat_id, event_id)
     select m.cal_com_event_id, 'seat-of-' || m.cal_com_event_id, m.id from made m`,
    [salon.id],
  );
  const session = await openSession(database);
  // As upsert_calendar_event does.
  await session.query('set local enable_seqscan = off');
  const { rows } = await session.query(
    `select private.other_slots_of_seat(d, d.salon_id, null, null) as slots,
       private.undo_guessed_move(d) as is_undone
     from public.webhook_logs l, jsonb_populate_record(l, '{
       "webhook_type": "BOOKING_SYNCED", "booking_uid": "free", "seat_id": "seat-of-other-1",
       "booking": {"seatId": "seat-of-other-1", "snapshot": {"status": "accepted"}}}') d
     where l.booking_uid = 'slot-0'`,
  );
  expect(rows).toEqual([{ slots: ['other-1'], is_undone: false }]);
  const { rows: [{ read }] } = await session.query(
    `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables
     where relid = 'public.calendar_events'::regclass`,
  );
  expect(Number(read)).toBeLessThan(10);
  await session.commit();
});
