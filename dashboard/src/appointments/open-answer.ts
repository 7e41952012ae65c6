import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** What the client answered, as long as the appointment is still to take place. */
export function openAnswer(
  { client_response: answer, effective_status: status }: CalendarEventWithDetails,
): CalendarEventWithDetails['client_response'] {
  const isOpen = status === 'pending' || status === 'scheduled' || status === 'confirmed';
  return isOpen ? answer : null;
}
