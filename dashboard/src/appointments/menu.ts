import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** What can be done about an appointment. */
export type MenuItem =
  | 'confirm'
  | 'decline'
  | 'move'
  | 'cancel'
  | 'coming'
  | 'coming_after_all'
  | 'take_back_answer'
  | 'completed'
  | 'no_show'
  | 'take_back'
  | 'assign'
  | 'client'
  | 'note';

/** What can be done about an appointment at a time, the most likely first. */
export function menuOf(appointment: CalendarEventWithDetails, now: Date): MenuItem[] {
  const { client, erased_at: erasedAt } = appointment;
  return [
    ...itemsOfTime(appointment, now),
    ...(erasedAt === null ? ['assign' as const, 'note' as const] : []),
    ...(client ? ['client' as const] : []),
  ];
}

/** What a client may say on the phone after an answer, or after none. */
const ANSWERED = {
  none: 'coming',
  coming: 'take_back_answer',
  wants_to_cancel: 'coming_after_all',
  wants_to_move: 'coming_after_all',
} as const;

/** What its time and status allow. */
function itemsOfTime(
  { attendance, client_response, effective_status: status, start_time: start }:
    CalendarEventWithDetails,
  now: Date,
): MenuItem[] {
  if (status === 'cancelled') return [];
  if (status === 'pending') return ['confirm', 'decline'];
  if (new Date(start) > now && attendance === null) {
    return [ANSWERED[client_response ?? 'none'], 'move', 'cancel'];
  }
  return [
    ...(status === 'completed' ? [] : ['completed' as const]),
    ...(status === 'no_show' ? [] : ['no_show' as const]),
    ...(attendance === null ? [] : ['take_back' as const]),
  ];
}
