import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';

/** A booking with only the members that are always required. */
export const BOOKING = {
  uid: 'abc123',
  title: 'Strzyżenie',
  startTime: '2026-09-29T11:00:00Z',
  endTime: '2026-09-29T12:00:00Z',
  organizer: { username: 'psi-styl', email: 'salon@psi-styl.example' },
  attendees: [{ email: 'zofia@poczta.example', name: 'Zofia' }],
};

/** The text of a delivery in an envelope, as Cal.com sends nearly all of them. */
export function wrapped(triggerEvent: string, members: Record<string, unknown> = {}): string {
  return JSON.stringify({
    triggerEvent,
    createdAt: '2026-09-12T12:00:00.000Z',
    payload: { ...BOOKING, ...members },
  });
}

/** The text of a MEETING_ENDED as hosted Cal.com sends it. */
export function flat(members: Record<string, unknown> = {}): string {
  const { organizer, ...row } = BOOKING;
  return JSON.stringify({
    triggerEvent: 'MEETING_ENDED',
    createdAt: '2026-09-01T08:00:00.000Z',
    user: organizer,
    ...row,
    ...members,
  });
}

/** The booking in a delivery's text. */
export function bookingIn(text: string): CalendarBooking {
  const delivery = parseDelivery(text);
  if (delivery.kind !== 'booking') throw new Error(`No booking but ${JSON.stringify(delivery)}`);
  return delivery.booking;
}

/** The booking in a BOOKING_CREATED with these members. */
export function created(members: Record<string, unknown> = {}): CalendarBooking {
  return bookingIn(wrapped('BOOKING_CREATED', members));
}

/** The members for which a text is refused; null if it is not. */
export function failedPaths(text: string): string[] | null {
  const delivery = parseDelivery(text);
  return delivery.kind === 'invalid' ? delivery.paths : null;
}
