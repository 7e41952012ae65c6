import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { readUids, seenBy, signFor } from '../support/given-salons.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { at, slot, ZOFIA, zofia } from '../support/seated-slot.ts';

/** `ours` signs whatever it likes with its own secret, about what no salon has yet. */
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

const sign = (delivered: Partial<CalendarBooking>) => signFor(database, ours, delivered);
const seenByUs = () => seenBy(database, ours);

describe('what waits without a salon', () => {
  const private_ = { organizerUsername: null, attendeeEmail: ZOFIA, title: 'Tajemnica' };

  it('is not told to a salon that signs a booking with its uid', async () => {
    await deliver(database, booking({ ...private_, trigger: 'BOOKING_CANCELLED', ...at(13) }));
    await sign({});
    expect(await syncedRows(database, ours.id))
      .toMatchObject([{ status: 'scheduled', attendee_email: null }]);
    expect(await seenByUs()).not.toMatch(/Tajemnica|zofia/);
    expect(await database.query('select status from public.webhook_logs where salon_id is null'))
      .toEqual([{ status: 'processing' }]);
  });

  it('is not handed to it later either', async () => {
    await deliver(database, booking({ ...private_, trigger: 'BOOKING_CANCELLED', ...at(13) }));
    await sign({});
    await database.query(
      `select private.process_delivery(l) from public.webhook_logs l where l.status <> 'success'`,
    );
    await deliver(database, booking({ ...private_, trigger: 'MEETING_ENDED', ...at(14) }));
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'scheduled' }]);
    expect(await seenByUs()).not.toMatch(/Tajemnica|zofia/);
  });

  it('is not booked in a salon that signs a cancellation with its uid', async () => {
    await deliver(database, booking({ ...private_, organizerUsername: 'przyszly' }));
    expect(await sign({ trigger: 'BOOKING_CANCELLED' })).toMatchObject({
      reason: 'booking_unknown',
    });
    expect(await syncedRows(database, ours.id)).toEqual([]);
    const late = await createSalon(database, { username: 'przyszly' });
    expect(await syncedRows(database, late.id)).toMatchObject([{ title: 'Tajemnica' }]);
    expect(await syncedRows(database, ours.id)).toEqual([]);
  });

  it('does not move the seats of a salon that signs a booking of its slot', async () => {
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
    await sign({ ...zofia });
    expect(await syncedRows(database, ours.id)).toMatchObject([{
      cal_com_event_id: 'slot#seat-z',
    }]);
    expect(await readUids(database, ours)).toHaveLength(1);
    expect(await seenByUs()).not.toContain('Tajemnica');
  });
});

describe('a uid that we took before its booking came', () => {
  it('keeps the booking out, says so to its salon, and shows us nothing of it', async () => {
    await sign({ title: 'Nasze' });
    const real = booking({ title: 'Tajemnica', attendeeEmail: ZOFIA });
    expect(await deliver(database, real)).toMatchObject({ reason: 'other_salon', event_id: null });
    expect(await syncedRows(database, ours.id)).toMatchObject([{ title: 'Nasze' }]);
    expect(await seenByUs()).not.toMatch(/Tajemnica|zofia/);
    const [seenByThem] = await database.as(
      'authenticated',
      theirs.ownerId,
      async (client) =>
        (await client.query('select status, error_message from public.webhook_logs')).rows,
    );
    expect(seenByThem).toMatchObject({
      status: 'error',
      error_message: expect.stringContaining('belongs to another salon'),
    });
  });

  it('is free again once that appointment is deleted, and tells us nothing of who has it', async () => {
    const taken = booking({ title: 'Nasze' });
    await deliver(database, taken, { salonId: ours.id });
    await deliver(database, booking());
    await database.query('delete from public.calendar_events where salon_id = $1', [ours.id]);
    expect(await deliver(database, booking())).toMatchObject({ action: 'applied' });
    expect(await deliver(database, taken, { salonId: ours.id }))
      .toMatchObject({ action: 'duplicate', event_id: null });
  });
});

describe('an appointment that BarkBook left without a salon', () => {
  const cancel = booking({ trigger: 'BOOKING_CANCELLED', organizerUsername: 'ours', ...at(11) });
  beforeEach(() =>
    database.query(
      `insert into public.calendar_events
         (cal_com_event_id, title, start_time, end_time, attendee_email)
       values ('uid-0', 'Tajemnica', '2026-09-15 08:00Z', '2026-09-15 09:00Z', $1)`,
      [ZOFIA],
    )
  );

  it('is out of reach of a given salon', async () => {
    expect(await sign(cancel)).toMatchObject({ action: 'deferred', reason: 'other_salon' });
    expect(await seenByUs()).not.toMatch(/Tajemnica|zofia/);
  });

  it("is its host's", async () => {
    expect(await deliver(database, cancel)).toMatchObject({ action: 'applied' });
    expect(await syncedRows(database, ours.id)).toMatchObject([{ status: 'cancelled' }]);
  });
});
