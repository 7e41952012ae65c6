import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { makeRetriesDue, runRetryJob } from '../support/retries.ts';
import { createSalon } from '../support/salons.ts';
import { person, slot, tomasz, ZOFIA, zofia } from '../support/seated-slot.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

/** A delivery about another seat of a slot is being applied while one about this seat arrives. */
async function expectToWait(busy: CalendarBooking, arriving: CalendarBooking): Promise<void> {
  const writing = await openSession(database, 'service_role');
  await writing.query(UPSERT, upsertArguments(busy));
  expect(await deliver(database, arriving)).toMatchObject({ reason: 'apply_failed' });
  await writing.commit();
  await makeRetriesDue(database);
  expect(await runRetryJob(database)).toBe(1);
}

it('a seat that is heard of in one more slot waits for what is written in the first', async () => {
  await deliver(database, zofia);
  // Its move into the second slot was lost.
  const moved = { uid: 'third-slot', rescheduleUid: 'second-slot', seatId: 'seat-z' };
  await expectToWait(
    tomasz,
    slot({ trigger: 'BOOKING_RESCHEDULED', ...moved, ...person(ZOFIA), ...at(12) }),
  );
});

it('a guessed move is undone only once nobody writes in the slot that it led to', async () => {
  const moved = { uid: 'other-slot', rescheduleUid: 'slot', seatId: 'seat-3', ...person(ZOFIA) };
  await deliver(database, zofia);
  await deliver(database, slot({ trigger: 'BOOKING_RESCHEDULED', ...moved, ...at(12) }));
  await expectToWait(
    { ...tomasz, uid: 'other-slot' },
    slot({ seatId: 'seat-3', ...person(ZOFIA) }),
  );
});
