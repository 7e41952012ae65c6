import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import type { Marker } from '../../appointments/appointment-card.tsx';

/** Whether an appointment is the current one, or the next one of those that are not over. */
export function markerOf(
  appointment: CalendarEventWithDetails,
  ahead: readonly CalendarEventWithDetails[],
  now: Date,
): Marker {
  if (appointment === ahead.find((each) => isExpected(each) && new Date(each.start_time) > now)) {
    return 'next';
  }
  const { status, start_time: start, end_time: end } = appointment;
  const takesPlace = status === 'scheduled' || status === 'confirmed';
  return takesPlace && new Date(start) <= now && now < new Date(end) ? 'now' : null;
}

/** Whether the salon expects the pet, or has had it. */
export function isExpected({ effective_status: status }: CalendarEventWithDetails): boolean {
  return status !== 'cancelled' && status !== 'no_show';
}
