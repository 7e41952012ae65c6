import type { CalendarEventWithDetails } from './appointment.ts';

/**
 * The booked service: Cal.com's title without the names of booker and host. If the client is
 * unknown, the whole title, since it is the only place that names the booker.
 */
export function serviceOf({ title, client }: CalendarEventWithDetails): string {
  if (!client) return title;
  const people = title.lastIndexOf(': ');
  if (people > 0 && title.slice(people).includes(client.surname)) return title.slice(0, people);
  return title.replace(/ (?:between|między|pomiędzy) .+$/, '');
}
