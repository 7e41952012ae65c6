import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** Whom to call about a visit: the salon's client, or else what the booker left. */
export function contactOf(visit: CalendarEventWithDetails): {
  name: string | null;
  phone: string | null;
} {
  const { client, attendee_phone: attendeePhone } = visit;
  return {
    name: client ? `${client.name} ${client.surname}`.trim() : null,
    phone: client?.phone_number || attendeePhone,
  };
}
