import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** The calendar feed of a salon, without its secret address. */
export type CalendarFeed = Pick<
  Tables<'calendar_feeds'>,
  'salon_id' | 'shows_clients' | 'created_at'
>;

/** The feed of a salon. Staff can only read it; changes fail with `forbidden` or `not_found`. */
export type Feed = {
  /** Null if the salon has no feed. */
  getCalendarFeed(salonId: string): Promise<CalendarFeed | null>;
  /**
   * Creates a new token and returns it, this once: the address is
   * `<project>/functions/v1/calendar-feed/<token>.ics`. The previous address stops working.
   */
  rotateCalendarFeedToken(salonId: string): Promise<string>;
  /** Whether subscribers see the first names of clients and the titles of bookings. */
  setCalendarFeed(salonId: string, shown: { shows_clients: boolean }): Promise<CalendarFeed>;
  /** Ends the feed: its address stops working. */
  revokeCalendarFeed(salonId: string): Promise<CalendarFeed>;
};

const COLUMNS = 'salon_id, shows_clients, created_at';

/** Manages the feed with a client of supabase-js. */
export function createFeed(supabase: CalendarClient): Feed {
  const feeds = () => supabase.from('calendar_feeds');
  return {
    getCalendarFeed: (salonId) =>
      answerOf(feeds().select(COLUMNS).eq('salon_id', salonId).maybeSingle()),
    rotateCalendarFeedToken: (salonId) =>
      answerOf(supabase.rpc('rotate_calendar_feed_token', { p_salon_id: salonId })),
    setCalendarFeed: (salonId, { shows_clients }) =>
      answerOf(
        feeds().update({ shows_clients }).eq('salon_id', salonId).select(COLUMNS).single(),
      ),
    revokeCalendarFeed: (salonId) =>
      answerOf(feeds().delete().eq('salon_id', salonId).select(COLUMNS).single()),
  };
}
