import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { answers, changeAppointment, timesOn } from '../support/answers.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, ZOFIA, zofia } from '../support/seated-slot.ts';

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

describe('what was said about a start', () => {
  const [away, back] = [
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'other',
      rescheduleUid: 'slot',
      seatId: 'seat-z',
      ...person(ZOFIA),
      ...timesOn(16),
      ...at(11),
    }),
    slot({
      trigger: 'BOOKING_RESCHEDULED',
      rescheduleUid: 'other',
      seatId: 'seat-z',
      ...person(ZOFIA),
      ...at(12),
    }),
  ] as const;

  beforeEach(() => deliver(database, zofia));

  it('holds again when the appointment turns out to be there after all', async () => {
    const { id, petIds } = await createClient(database, salon.id, { phone: '+48600700800' });
    await change('slot#seat-z', `client_id = '${id}', pet_id = '${petIds[0]}'`);
    await change(
      'slot#seat-z',
      `attendance = 'completed', client_response = 'coming', salon_note = 'Boi się suszarki'`,
    );
    await deliver(database, away);
    expect(await answers(database)).toMatchObject([
      { status: 'scheduled', attendance: null, response: null },
    ]);
    await deliver(database, back);
    expect(await answers(database)).toEqual([{
      status: 'completed',
      attendance: 'completed',
      response: 'coming',
      note: 'Boi się suszarki',
      client: id,
      pet: petIds[0],
    }]);
  });

  it('keeps the time at which the client answered', async () => {
    const times = () => database.query('select client_responded_at from calendar_events');
    await change('slot#seat-z', `client_response = 'coming'`);
    const said = await times();
    for (const move of [away, back]) await deliver(database, move);
    expect(await times()).toEqual(said);
  });

  it('stays taken back', async () => {
    await change('slot#seat-z', `attendance = 'no_show'`);
    for (const move of [away, back]) await deliver(database, move);
    await change('slot#seat-z', 'attendance = null');
    await deliver(
      database,
      slot({ trigger: 'BOOKING_LOCATION_UPDATED', seatId: 'seat-z', ...person(ZOFIA), ...at(13) }),
    );
    expect(await answers(database)).toMatchObject([{ status: 'scheduled', attendance: null }]);
  });

  it('holds beside what was said about another start', async () => {
    await change('slot#seat-z', `client_response = 'coming'`);
    await deliver(database, away);
    await change('other#seat-z', `client_response = 'wants_to_move'`);
    await deliver(database, back);
    expect(await answers(database)).toMatchObject([{ response: 'coming' }]);
    await deliver(database, { ...away, ...at(13) });
    expect(await answers(database)).toMatchObject([{ response: 'wants_to_move' }]);
  });

  it.each(['wants_to_move', 'wants_to_cancel'])(
    'is over once the appointment moved back, if it is a wish: %s',
    async (wish) => {
      const said = (response: string) =>
        database.query(
          `update calendar_events
           set client_response = $1, client_responded_at = '2026-09-02T10:30:00Z'`,
          [response],
        );
      const response = async () => (await answers(database))[0]?.response;
      await said(wish);
      for (const move of [away, back]) await deliver(database, move);
      expect(await response()).toBeNull();
      // Neither what comes next nor a fold from the start brings it back.
      await deliver(
        database,
        slot({
          trigger: 'BOOKING_LOCATION_UPDATED',
          seatId: 'seat-z',
          ...person(ZOFIA),
          ...at(13),
        }),
      );
      await database.query('select replay_delivery(id) from webhook_logs');
      expect(await response()).toBeNull();
      await said('coming');
      for (const move of [{ ...away, ...at(14) }, { ...back, ...at(15) }]) {
        await deliver(database, move);
      }
      expect(await response()).toBe('coming');
    },
  );

  it('hides no status of Cal.com once BarkBook moves the appointment itself', async () => {
    await change('slot#seat-z', `attendance = 'completed'`);
    await database.query(
      `update calendar_events
       set start_time = start_time + '1 day', end_time = end_time + '1 day'`,
    );
    expect(await answers(database)).toMatchObject([{ status: 'scheduled', attendance: null }]);
  });
});
