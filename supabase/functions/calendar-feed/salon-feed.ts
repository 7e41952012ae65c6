import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import { isRecord } from '../../../shared/json/records.ts';

/**
 * A time by the salon's clock, `2026-11-24T09:30:00`; in UTC, with a `Z`, where that clock shows the
 * same time twice.
 */
export type FeedTime = string;

/** An appointment as subscribers may see it. */
export type FeedAppointment = {
  id: string;
  status: AppointmentStatus | null;
  pet: string | null;
  /** Null, like the title, unless the salon wants its clients named. */
  client: string | null;
  title: string | null;
  start: FeedTime;
  end: FeedTime;
  /** In UTC. */
  changed_at: FeedTime;
  /** Rises with changes, never falls. */
  sequence: number;
};

/** What `calendar_feed` answers. */
export type SalonFeed = {
  salon_id: string;
  name: string;
  timezone: string;
  appointments: FeedAppointment[];
};

/** Whether JSON of the database is a feed. Its appointments are as the same function writes each of them. */
export function isSalonFeed(json: unknown): json is SalonFeed {
  return isRecord(json) && typeof json['salon_id'] === 'string' &&
    typeof json['name'] === 'string' && typeof json['timezone'] === 'string' &&
    Array.isArray(json['appointments']);
}
