import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from './deliveries.ts';
import type { TestSalon } from './salons.ts';
import { type SyncedRow, syncedRows } from './calendar-rows.ts';

export const ZOFIA = 'zofia@poczta.example';
export const TOMASZ = 'tomasz@poczta.example';

/** A delivery about the slot `slot`, in which each person books a seat. */
export const slot = (overrides: Partial<CalendarBooking>) =>
  booking({ uid: 'slot', seated: true, ...overrides });

/** The attendee that a delivery is about. */
export const person = (email: string) => ({
  attendeeEmail: email,
  attendees: [{ email, phone: null, noShow: null }],
});

export const zofia = slot({ seatId: 'seat-z', ...person(ZOFIA) });
export const tomasz = slot({ seatId: 'seat-t', ...person(TOMASZ) });
export const hostCancelsSlot = slot({ trigger: 'BOOKING_CANCELLED', wholeSlot: true, ...at(12) });

/** Delivers one after the other and returns the resulting rows. */
export async function rowsAfter(
  database: TestDatabase,
  salon: TestSalon,
  deliveries: readonly CalendarBooking[],
): Promise<SyncedRow[]> {
  for (const delivery of deliveries) await deliver(database, delivery);
  return await syncedRows(database, salon.id);
}
