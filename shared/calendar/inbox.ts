import type { Tables } from '../database.types.ts';
import { APPOINTMENT_COLUMNS, type CalendarEventWithDetails } from './appointment.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { OfSalon } from './sync.ts';

/** A reply to an SMS that is neither a yes nor a no, nor STOP or START. */
export type SmsReply = Tables<'sms_inbox'> & {
  /** Whom the SMS before the reply was sent to; null if they were deleted or merged since. */
  client: Pick<Tables<'clients'>, 'id' | 'name' | 'surname'> | null;
  /** The next appointment that the number was reminded of; null if there is none. */
  event:
    | Pick<Tables<'calendar_events'>, 'id' | 'start_time'> & {
      pet: Pick<Tables<'pets'>, 'id' | 'name'> | null;
    }
    | null;
};

/** Which replies to return. */
export type ReplyFilter = OfSalon & {
  /** Only those that nobody marked as read. */
  unread?: boolean;
};

const REPLY_LIMIT = 50;
const REPLY_COLUMNS = `*, client:clients (id, name, surname),
  event:calendar_events (id, start_time, pet:pets (id, name))`;

/** What clients answered, in the signed-in member's salons. */
export type Inbox = {
  /** Replies that a person has to read, the newest first. */
  getReplies(of?: ReplyFilter): Promise<SmsReply[]>;
  /** Marks a reply as read by the signed-in member, or as unread. `not_found` for an unknown one. */
  setReplyRead(replyId: string, isRead: boolean): Promise<void>;
  /**
   * Coming appointments whose clients want to cancel or move them (`client_response`), the next one
   * first. One is gone from here once it was cancelled or moved.
   */
  getChangeRequests(of?: OfSalon): Promise<CalendarEventWithDetails[]>;
};

/** Reads what clients answered with a client of supabase-js. */
export function createInbox(supabase: CalendarClient): Inbox {
  return {
    getReplies: ({ salonId, limit = REPLY_LIMIT, unread = false } = {}) => {
      let replies = supabase.from('sms_inbox').select(REPLY_COLUMNS)
        .order('received_at', { ascending: false }).order('id').limit(limit);
      if (salonId !== undefined) replies = replies.eq('salon_id', salonId);
      if (unread) replies = replies.is('read_at', null);
      return answerOf(replies);
    },
    setReplyRead: async (replyId, isRead) => {
      const read_at = isRead ? new Date().toISOString() : null;
      await answerOf(
        supabase.from('sms_inbox').update({ read_at }).eq('id', replyId).select('id').single(),
      );
    },
    getChangeRequests: ({ salonId, limit = REPLY_LIMIT } = {}) => {
      let requests = supabase.from('upcoming_appointments').select(APPOINTMENT_COLUMNS)
        .in('client_response', ['wants_to_cancel', 'wants_to_move'])
        .order('start_time').order('id').limit(limit);
      if (salonId !== undefined) requests = requests.eq('salon_id', salonId);
      return answerOf(requests);
    },
  };
}
