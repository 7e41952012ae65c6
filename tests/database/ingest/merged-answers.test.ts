import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { answers, changeAppointment, timesOn } from '../support/answers.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const change = (uid: string, assignment: string) =>
  changeAppointment(database, salon, uid, assignment);

describe('two appointments that turn out to be one', () => {
  const link = (overrides: Partial<CalendarBooking> = {}) =>
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...at(12),
      ...overrides,
    });
  /** Two appointments, at the same start unless told. */
  const deliverBoth = async (day = 15) => {
    await deliver(database, booking());
    await deliver(database, booking({ uid: 'uid-1', ...timesOn(day), ...at(11) }));
  };

  it.each([['uid-0', 'uid-1'], ['uid-1', 'uid-0']] as const)(
    'keep the newest of the answers about their start: first %s, then %s',
    async (first, second) => {
      await deliverBoth();
      await change(first, `attendance = 'completed', client_response = 'coming'`);
      await change(second, `attendance = 'no_show', client_response = 'wants_to_move'`);
      await deliver(database, link());
      expect(await answers(database)).toMatchObject([
        { attendance: 'no_show', status: 'no_show', response: 'wants_to_move' },
      ]);
    },
  );

  it.each([['uid-0', 'uid-1'], ['uid-1', 'uid-0']] as const)(
    'keep who came, said of %s, and what the client answered, said of %s',
    async (attended, answered) => {
      await deliverBoth();
      await change(attended, `attendance = 'completed'`);
      await change(answered, `client_response = 'coming'`);
      await deliver(database, link());
      expect(await answers(database)).toMatchObject([{
        attendance: 'completed',
        response: 'coming',
      }]);
    },
  );

  it.each(
    [
      { about: 'uid-0', day: 15 },
      { about: 'uid-1', day: 16 },
    ] as const,
  )('keep an older answer if it alone is about their start: $about', async ({ about, day }) => {
    await deliverBoth(16);
    await change(about, `attendance = 'completed', client_response = 'coming'`);
    await change(about === 'uid-0' ? 'uid-1' : 'uid-0', `client_response = 'wants_to_cancel'`);
    await deliver(database, link(timesOn(day)));
    expect(await answers(database)).toMatchObject([{
      attendance: 'completed',
      response: 'coming',
    }]);
  });

  it('keep an answer that was given about each of two starts', async () => {
    await deliverBoth(16);
    for (const uid of ['uid-0', 'uid-1']) await change(uid, `attendance = 'completed'`);
    await deliver(database, link(timesOn(16)));
    expect(await answers(database)).toMatchObject([{
      attendance: 'completed',
      status: 'completed',
    }]);
  });

  it('keep an answer that one of them set aside when it moved', async () => {
    await deliverBoth(16);
    await change('uid-1', `client_response = 'coming'`);
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-1',
      ...at(11),
    });
    await deliver(database, { ...moved, ...timesOn(17) });
    await deliver(database, link(timesOn(17)));
    expect(await answers(database)).toMatchObject([{ response: null }]);
    await deliver(database, { ...moved, ...timesOn(16), ...at(14) });
    expect(await answers(database)).toMatchObject([{ response: 'coming' }]);
  });

  it('keep what was said of one that BarkBook inserted', async () => {
    await database.query(
      `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time, status)
       values ('uid-0', $1, 'Wizyta', '2026-09-15 08:00Z', '2026-09-15 09:00Z', 'confirmed')`,
      [salon.id],
    );
    await change('uid-0', `client_response = 'coming'`);
    await deliver(database, booking({ uid: 'uid-1', ...timesOn(16), ...at(11) }));
    await deliver(database, link());
    expect(await answers(database)).toMatchObject([{ response: 'coming' }]);
  });

  it('keep the replies to an SMS about each of them', async () => {
    await deliverBoth();
    await database.query(
      `insert into sms_inbox (salon_id, event_id, phone, body)
       select salon_id, id, '+48600100200', cal_com_event_id from calendar_events`,
    );
    await deliver(database, link());
    expect(
      await database.query(
        `select m.body, e.cal_com_event_id as uid
         from sms_inbox m left join calendar_events e on e.id = m.event_id order by m.body`,
      ),
    ).toEqual([{ body: 'uid-0', uid: 'uid-1' }, { body: 'uid-1', uid: 'uid-1' }]);
  });

  it('keep both notes, and one of two equal ones', async () => {
    await deliverBoth();
    await change('uid-0', `salon_note = 'Boi się suszarki'`);
    await change('uid-1', `salon_note = 'Boi się suszarki'`);
    await deliver(database, link());
    expect(await answers(database)).toMatchObject([{ note: 'Boi się suszarki' }]);
    await deliver(database, booking({ uid: 'uid-2', ...timesOn(17), ...at(13) }));
    await change('uid-2', `salon_note = 'Krótko'`);
    await deliver(database, link({ uid: 'uid-2', rescheduleUid: 'uid-1', ...at(14) }));
    expect(await answers(database)).toMatchObject([{ note: 'Boi się suszarki\nKrótko' }]);
  });

  it.each([['uid-0', 'uid-1'], ['uid-1', 'uid-0']] as const)(
    'keep the client that a member assigned last: first in %s, then in %s',
    async (first, second) => {
      await deliverBoth();
      const [before, after] = [
        await createClient(database, salon.id),
        await createClient(database, salon.id),
      ];
      await change(first, `client_id = '${before.id}'`);
      await change(second, `client_id = '${after.id}'`);
      await deliver(database, link());
      expect(await answers(database)).toMatchObject([{ client: after.id }]);
    },
  );

  it('keep an assignment, an answer and a note if BarkBook inserted one without a salon', async () => {
    await database.query(
      `insert into calendar_events (cal_com_event_id, title, start_time, end_time)
       values ('uid-0', 'Wizyta', '2026-09-15 08:00Z', '2026-09-15 09:00Z')`,
    );
    await deliver(database, booking({ uid: 'uid-1', ...at(11) }));
    const client = await createClient(database, salon.id);
    await change(
      'uid-1',
      `client_id = '${client.id}', client_response = 'coming', salon_note = 'Krótko'`,
    );
    await deliver(database, link());
    expect(await answers(database)).toMatchObject([
      { client: client.id, response: 'coming', note: 'Krótko' },
    ]);
  });
});
