import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import { isRecord } from '../../../shared/json/records.ts';

/**
 * A time in the salon's zone, `2026-11-24T09:30:00`; in UTC, with a `Z`, if the zone has that time
 * twice.
 */
export type FeedTime = string;

/** An appointment as subscribers see it. */
export type FeedAppointment = {
  id: string;
  status: AppointmentStatus | null;
  pet: string | null;
  /** Null, like the title, unless the salon shows its clients in the feed. */
  client: string | null;
  title: string | null;
  start: FeedTime;
  end: FeedTime;
  /** In UTC. */
  changed_at: FeedTime;
  /** Increases with changes, never decreases. */
  sequence: number;
};

/** The result of `calendar_feed`. */
export type SalonFeed = {
  salon_id: string;
  name: string;
  timezone: string;
  appointments: FeedAppointment[];
};

/** Whether JSON from the database is a feed. Its appointments are not checked one by one. */
export function isSalonFeed(json: unknown): json is SalonFeed {
  return isRecord(json) && typeof json['salon_id'] === 'string' &&
    typeof json['name'] === 'string' && typeof json['timezone'] === 'string' &&
    Array.isArray(json['appointments']);
}
