import type { Enums } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Something that was done about an appointment. */
export type Activity = {
  id: string;
  action: Enums<'salon_action'>;
  outcome: Enums<'action_outcome'>;
  /** Why it failed. */
  error_code: string | null;
  created_at: string;
  /** Whether the client did it. */
  is_client: boolean;
  /** Whether the signed-in member did it. */
  is_mine: boolean;
  /** The member who did it; null for the client, and for who is no member any more. */
  actor_email: string | null;
};

/** What was done in the signed-in member's salons. */
export type Activities = {
  /** What was done about an appointment, the last first, at most 100. */
  getActivity(eventId: string): Promise<Activity[]>;
};

/** Reads what was done with a client of supabase-js. */
export function createActivities(supabase: CalendarClient): Activities {
  return {
    getActivity: (eventId) =>
      answerOf(supabase.rpc('activity_of_appointment', { p_event_id: eventId })),
  };
}
