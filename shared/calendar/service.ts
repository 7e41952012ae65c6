import type { CalendarEventWithDetails } from './appointment.ts';

/**
 * The booked service: Cal.com's title without the names of booker and host. If neither the client nor
 * the booker is known, the whole title, since it is the only place that names them.
 */
export function serviceOf(
  { title, client, attendee_name: booker }: CalendarEventWithDetails,
): string {
  const name = client?.surname ?? booker;
  if (!name) return title;
  const people = title.lastIndexOf(': ');
  if (people > 0 && title.slice(people).includes(name)) return title.slice(0, people);
  return title.replace(/ (?:between|między|pomiędzy) .+$/, '');
}
