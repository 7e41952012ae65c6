import type { Enums, Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Something that was done about an appointment or its client. */
export type Activity =
  & Pick<Tables<'salon_activity'>, 'id' | 'action' | 'outcome' | 'error_code' | 'created_at'>
  & {
    /** The member who did it; null for the client. */
    actor_id: string | null;
    /** What the member is in the salon now; null if they left, and for the client. */
    role: Enums<'member_role'> | null;
  };

type Row = Omit<Activity, 'role'> & {
  salon: { user_id: string; members: { user_id: string; role: Enums<'member_role'> }[] };
};

const COLUMNS = `id, action, outcome, error_code, created_at, actor_id,
  salon:salons (user_id, members:salon_members (user_id, role))`;

const LIMIT = 30;

/** What was done in the signed-in member's salons. */
export type Activities = {
  /** What was done about an appointment, and about its client if one is named; the last first. */
  getActivity(of: { eventId: string; clientId: string | null }): Promise<Activity[]>;
};

/** Reads what was done with a client of supabase-js. */
export function createActivities(supabase: CalendarClient): Activities {
  return {
    getActivity: async ({ eventId, clientId }) => {
      const activity = supabase.from('salon_activity').select(COLUMNS)
        .order('created_at', { ascending: false }).limit(LIMIT);
      const rows = await answerOf<Row[]>(
        clientId === null
          ? activity.eq('event_id', eventId)
          : activity.or(`event_id.eq.${eventId},and(event_id.is.null,client_id.eq.${clientId})`),
      );
      return rows.map(({ salon, ...row }) => ({ ...row, role: roleOf(row.actor_id, salon) }));
    },
  };
}

function roleOf(actorId: string | null, { user_id: founder, members }: Row['salon']) {
  if (actorId === null) return null;
  if (actorId === founder) return 'owner';
  return members.find(({ user_id: id }) => id === actorId)?.role ?? null;
}
