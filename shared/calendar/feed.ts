import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** The address at which calendar programs may subscribe to a salon, as far as it can be shown. */
export type CalendarFeed = Pick<
  Tables<'calendar_feeds'>,
  'salon_id' | 'shows_clients' | 'created_at'
>;

/** The feed of a salon. Only reading is for staff; they get `forbidden` or `not_found`. */
export type Feed = {
  /** Null when nobody can subscribe. */
  getCalendarFeed(salonId: string): Promise<CalendarFeed | null>;
  /**
   * Makes a new secret and returns it, this once: the address is
   * `<project>/functions/v1/calendar-feed/<secret>.ics`. The one before stops working.
   */
  rotateCalendarFeedToken(salonId: string): Promise<string>;
  /** Whether subscribers see the first names of clients and the titles of bookings. */
  setCalendarFeed(salonId: string, shown: { shows_clients: boolean }): Promise<CalendarFeed>;
  /** The address stops working. */
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
