import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking, deliver, type TestSalon } from './booking.ts';
import { type SyncedRow, syncedRows } from './lives.ts';

export const ZOFIA = 'zofia@poczta.example';
export const TOMASZ = 'tomasz@poczta.example';

/** News of the slot `slot`, in which people book a seat each; say only what the test is about. */
export const slot = (overrides: Partial<CalendarBooking>) =>
  booking({ uid: 'slot', seated: true, ...overrides });

/** The one person the news is about. */
export const person = (email: string) => ({
  attendeeEmail: email,
  attendees: [{ email, phone: null, noShow: null }],
});

/** An hour of the day after the seats were booked. */
export const at = (hour: number) => ({ occurredAt: `2026-09-02T${hour}:00:00.000Z` });

export const zofia = slot({ seatId: 'seat-z', ...person(ZOFIA) });
export const tomasz = slot({ seatId: 'seat-t', ...person(TOMASZ) });
export const hostCancelsSlot = slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...at(12) });

/** Delivers one after the other and gives the rows that came of them. */
export async function rowsAfter(
  database: TestDatabase,
  salon: TestSalon,
  deliveries: readonly CalendarBooking[],
): Promise<SyncedRow[]> {
  for (const delivery of deliveries) await deliver(database, delivery);
  return await syncedRows(database, salon.id);
}
