import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { deliverSignedBy } from '../support/salon-webhooks.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

/** `theirs` has an appointment; `ours` knows its uid, and has a secret of its own. */
let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: 'ours' });
  theirs = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const forge = (delivered: Partial<CalendarBooking>) => deliverSignedBy(database, ours, delivered);
const theirRows = () => syncedRows(database, theirs.id);
const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...at(12) });

describe('a uid that we name first', () => {
  it.each<[string, Partial<CalendarBooking>]>([
    ['as a booking', {}],
    ['as a seat', { seated: true, seatId: 'forged' }],
    ['as the uid that one of ours had', {
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'ours-1',
      rescheduleUid: 'uid-0',
    }],
    ['as the first uid of one of ours', {
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'ours-1',
      rescheduleUid: 'ours-0',
      icalUid: 'uid-0@Cal.com',
    }],
  ])('%s proves nothing about a delivery without a host', async (_name, forged) => {
    await forge(forged);
    await deliver(database, booking({ ...cancelled, organizerUsername: null }));
    expect(await syncedRows(database, ours.id)).not.toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('a delivery without a host by the shared secret', () => {
  const ended = booking({
    trigger: 'MEETING_ENDED',
    organizerUsername: null,
    occurredAt: '2026-09-15T09:00:00.000Z',
  });

  it.each([['before', ' '], ['after', 'zzz']])(
    'is about the salon that first had the uid, though another seat sorts %s it',
    async (_name, seat) => {
      await deliver(database, booking());
      const { event_id } = await forge({ uid: 'ours-1' });
      await database.query(
        `insert into public.calendar_event_uids (booking_uid, seat_id, event_id)
         values ('uid-0', $1, $2)`,
        [seat, event_id],
      );
      // Moves the row behind the other one in the table.
      await database.query(
        `update public.calendar_event_uids set generation = 1 where booking_uid = 'uid-0'
           and seat_id = ''`,
      );
      expect(await deliver(database, ended)).toMatchObject({ action: 'applied' });
      expect(await theirRows()).toMatchObject([{ status: 'completed' }]);
      expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'scheduled' }]);
    },
  );

  it('does not move an appointment to another salon by naming its client', async () => {
    await deliver(database, booking());
    const clientId = '99999999-0000-4000-8000-000000000009';
    await database.query(
      `insert into public.clients (id, salon_id, name, surname, phone_number)
       values ($1, $2, 'Jan', 'Nowak', '600 700 800')`,
      [clientId, ours.id],
    );
    await deliver(database, booking({ ...ended, clientId }));
    expect(await theirRows()).toMatchObject([{ status: 'completed', client_id: null }]);
    expect(await syncedRows(database, ours.id)).toEqual([]);
  });
});
