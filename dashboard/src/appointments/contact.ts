import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** Whom to call about an appointment: the salon's client, or else what the booker left. */
export function contactOf(appointment: CalendarEventWithDetails): {
  name: string | null;
  phone: string | null;
} {
  const { client, attendee_phone: attendeePhone } = appointment;
  return {
    name: client ? `${client.name} ${client.surname}`.trim() : null,
    phone: client?.phone_number || attendeePhone,
  };
}
