import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** An SMS of a client that a person has to read. */
export type Reply =
  & Pick<
    Tables<'sms_inbox'>,
    | 'id'
    | 'salon_id'
    | 'client_id'
    | 'event_id'
    | 'phone'
    | 'body'
    | 'received_at'
    | 'read_at'
    | 'read_by'
  >
  & {
    client: { name: string; surname: string } | null;
    /** The next appointment that the number was reminded of. */
    appointment: { start_time: string } | null;
  };

/** Which replies: of one salon or all of the member's, and how many; by default 50. */
export type OfInbox = { salonId?: string; unreadOnly?: boolean; limit?: number };

/** The replies of clients, for members. */
export type Replies = {
  /** The newest first. */
  getReplies(of?: OfInbox): Promise<Reply[]>;
  /** Marks a reply as read by this member, or as unread. */
  markReply(id: string, isRead: boolean): Promise<Reply>;
};

const COLUMNS = 'id, salon_id, client_id, event_id, phone, body, received_at, read_at, read_by, ' +
  'client:clients(name, surname), appointment:calendar_events(start_time)';
const LIMIT = 50;

/** Reads replies with a client of supabase-js. */
export function createReplies(supabase: CalendarClient): Replies {
  return {
    getReplies: ({ salonId, unreadOnly = false, limit = LIMIT } = {}) => {
      let replies = supabase.from('sms_inbox').select(COLUMNS)
        .order('received_at', { ascending: false }).order('id').limit(limit);
      if (salonId !== undefined) replies = replies.eq('salon_id', salonId);
      if (unreadOnly) replies = replies.is('read_at', null);
      return answerOf(replies);
    },
    markReply: (id, isRead) =>
      answerOf(
        // The database sets its own time.
        supabase.from('sms_inbox').update({ read_at: isRead ? new Date().toISOString() : null })
          .eq('id', id).select(COLUMNS).single(),
      ),
  };
}
