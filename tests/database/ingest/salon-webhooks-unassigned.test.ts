import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { deliverSignedBy, readUids, visibleTo } from '../support/salon-webhooks.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { slot, ZOFIA, zofia } from '../support/seated-slot.ts';

/** `ours` sends forged deliveries through its own webhook about bookings that no salon has yet. */
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
const visibleToUs = () => visibleTo(database, ours);

describe('a deferred delivery without a salon', () => {
  const confidential = { organizerUsername: null, attendeeEmail: ZOFIA, title: 'Tajemnica' };

  it('is not applied to a salon whose webhook sends a booking with its uid', async () => {
    await deliver(database, booking({ ...confidential, trigger: 'BOOKING_CANCELLED', ...at(13) }));
    await forge({});
    expect(await syncedRows(database, ours.id))
      .toMatchObject([{ status: 'scheduled', attendee_email: null }]);
    expect(await visibleToUs()).not.toMatch(/Tajemnica|zofia/);
    expect(await database.query('select status from public.webhook_logs where salon_id is null'))
      .toEqual([{ status: 'processing' }]);
  });

  it('is not applied to that salon by a later retry', async () => {
    await deliver(database, booking({ ...confidential, trigger: 'BOOKING_CANCELLED', ...at(13) }));
    await forge({});
    await database.query(
      `select private.process_delivery(l, true) from public.webhook_logs l where l.status <> 'success'`,
    );
    await deliver(database, booking({ ...confidential, trigger: 'MEETING_ENDED', ...at(14) }));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'scheduled' }]);
    expect(await visibleToUs()).not.toMatch(/Tajemnica|zofia/);
  });

  it('is not booked in a salon whose webhook sends a cancellation with its uid', async () => {
    await deliver(database, booking({ ...confidential, organizerUsername: 'przyszly' }));
    expect(await forge({ trigger: 'BOOKING_CANCELLED' })).toMatchObject({
      reason: 'booking_unknown',
    });
    expect(await syncedRows(database, ours.id)).toEqual([]);
    const futureSalon = await createSalon(database, { username: 'przyszly' });
    expect(await syncedRows(database, futureSalon.id)).toMatchObject([{ title: 'Tajemnica' }]);
    expect(await syncedRows(database, ours.id)).toEqual([]);
  });

  it('does not move the seats of a salon whose webhook sends a booking of its slot', async () => {
    await deliver(
      database,
      slot({
        trigger: 'BOOKING_RESCHEDULED',
        organizerUsername: null,
        uid: 'later-slot',
        rescheduleUid: 'slot',
        wholeSlot: true,
        location: 'Tajemnica 1',
        ...at(12),
      }),
    );
    await forge({ ...zofia });
    expect(await syncedRows(database, ours.id)).toMatchObject([{
      cal_com_event_id: 'slot#seat-z',
    }]);
    expect(await readUids(database, ours)).toHaveLength(1);
    expect(await visibleToUs()).not.toContain('Tajemnica');
  });
});

describe('a uid that a salon’s webhook used before its booking arrived', () => {
  it('keeps the booking out and tells its salon, without revealing it', async () => {
    await forge({ title: 'Nasze' });
    const real = booking({ title: 'Tajemnica', attendeeEmail: ZOFIA });
    expect(await deliver(database, real)).toMatchObject({ reason: 'other_salon', event_id: null });
    expect(await syncedRows(database, ours.id)).toMatchObject([{ title: 'Nasze' }]);
    expect(await visibleToUs()).not.toMatch(/Tajemnica|zofia/);
    const [theirLog] = await database.as(
      'authenticated',
      theirs.ownerId,
      async (client) =>
        (await client.query('select status, error_message from public.webhook_logs')).rows,
    );
    expect(theirLog).toMatchObject({
      status: 'error',
      error_message: expect.stringContaining('belongs to another salon'),
    });
  });

  it('is free again once that appointment is deleted, without revealing who has it', async () => {
    const taken = booking({ title: 'Nasze' });
    await deliver(database, taken, { salonId: ours.id });
    await deliver(database, booking());
    await database.query('delete from public.calendar_events where salon_id = $1', [ours.id]);
    expect(await deliver(database, booking())).toMatchObject({ action: 'applied' });
    expect(await deliver(database, taken, { salonId: ours.id }))
      .toMatchObject({ action: 'duplicate', event_id: null });
  });
});

describe('an appointment of BarkBook without a salon', () => {
  const cancel = booking({ trigger: 'BOOKING_CANCELLED', organizerUsername: 'ours', ...at(11) });
  beforeEach(() =>
    database.query(
      `insert into public.calendar_events
         (cal_com_event_id, title, start_time, end_time, attendee_email)
       values ('uid-0', 'Tajemnica', '2026-09-15 08:00Z', '2026-09-15 09:00Z', $1)`,
      [ZOFIA],
    )
  );

  it('cannot be changed through a salon’s own webhook', async () => {
    expect(await forge(cancel)).toMatchObject({ action: 'deferred', reason: 'other_salon' });
    expect(await visibleToUs()).not.toMatch(/Tajemnica|zofia/);
  });

  it('is assigned to the salon of its host', async () => {
    expect(await deliver(database, cancel)).toMatchObject({ action: 'applied' });
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'cancelled' }]);
  });
});
