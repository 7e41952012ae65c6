import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** What can be done about an appointment. */
export type MenuItem = 'assign' | 'client';

/** What can be done about an appointment now, the most likely first. */
export function menuOf({ client, erased_at: erasedAt }: CalendarEventWithDetails): MenuItem[] {
  return [
    ...(erasedAt === null ? ['assign' as const] : []),
    ...(client ? ['client' as const] : []),
  ];
}
