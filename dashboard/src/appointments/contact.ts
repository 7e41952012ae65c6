import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { fullName } from '../ui/full-name.ts';

/** The contact for an appointment: the salon's client, else the booker. */
export function contactOf(appointment: CalendarEventWithDetails): {
  name: string | null;
  phone: string | null;
} {
  const { client, attendee_name: booker, attendee_phone: attendeePhone } = appointment;
  return {
    name: client ? fullName(client) : booker,
    phone: client?.phone_number || attendeePhone,
  };
}
