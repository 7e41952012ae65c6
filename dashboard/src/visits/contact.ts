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

/** What was booked: Cal.com's title without who meets whom, which stands beside it anyway. */
export function serviceOf({ title, client }: CalendarEventWithDetails): string {
  const people = title.lastIndexOf(': ');
  if (people > 0 && client && title.slice(people).includes(client.surname)) {
    return title.slice(0, people);
  }
  return title.replace(/ (?:between|między|pomiędzy) .+$/, '');
}
