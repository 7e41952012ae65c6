import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { wallTimeOf } from '../../../shared/time/wall-time.ts';

/** What an appointment that is moved to a start shows until Cal.com has moved it. */
export function shownMove(
  { start_time, end_time, timezone }: CalendarEventWithDetails,
  start: Date,
): Partial<CalendarEventWithDetails> {
  const end = new Date(start.getTime() + Date.parse(end_time) - Date.parse(start_time));
  const [date = '', time = ''] = wallTimeOf(start, timezone).split(' ');
  return {
    start_time: start.toISOString(),
    end_time: end.toISOString(),
    local_date: date,
    local_start: time,
    local_end: wallTimeOf(end, timezone).slice(-'HH:MM'.length),
    attendance: null,
    client_response: null,
    client_responded_at: null,
  };
}
