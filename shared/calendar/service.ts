import type { CalendarEventWithDetails } from './appointment.ts';

/**
 * What was booked: Cal.com's title without who meets whom, which stands beside it anyway. All of the
 * title where no client is known, since only there it tells who booked.
 */
export function serviceOf({ title, client }: CalendarEventWithDetails): string {
  if (!client) return title;
  const people = title.lastIndexOf(': ');
  if (people > 0 && title.slice(people).includes(client.surname)) return title.slice(0, people);
  return title.replace(/ (?:between|między|pomiędzy) .+$/, '');
}
