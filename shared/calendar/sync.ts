import type { Enums, Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** A salon's deliveries of the last 24 hours by status, and when the last one arrived. */
export type WebhookHealth = {
  salon_id: string;
  deliveries: number;
  success_count: number;
  processing_count: number;
  error_count: number;
  /** Null, like the durations, if there were no deliveries. */
  success_percentage: number | null;
  processing_percentage: number | null;
  error_percentage: number | null;
  p50_duration_ms: number | null;
  p95_duration_ms: number | null;
  last_delivery_at: string | null;
};

/** How long an appointment took from its booking in Cal.com to the database. */
export type SyncLag = {
  event_id: string;
  salon_id: string;
  cal_com_event_id: string;
  created_at: string;
  synced_at: string;
  lag_seconds: number;
};

/** What can be read of the booking of a failed delivery. */
export type FailedBooking = {
  title: string | null;
  booker: string | null;
  phone: string | null;
  /** ISO 8601, UTC. */
  start_time: string | null;
};

/** A delivery that has not been applied. */
export type FailedDelivery =
  & { log_id: string; salon_id: string; booking: FailedBooking | null }
  & Pick<
    Tables<'webhook_logs'>,
    | 'webhook_type'
    | 'cal_com_event_id'
    | 'status'
    | 'action'
    | 'reason'
    | 'error_message'
    | 'warnings'
    | 'occurred_at'
    | 'created_at'
    | 'attempts'
    | 'next_attempt_at'
  >;

/** The result of replaying a delivery. */
export type ReplayAnswer = {
  /** `applied`, `stale` (nothing was left to change), or `deferred` or `refused` with a reason. */
  action: Enums<'delivery_action'>;
  event_id: string | null;
  log_id: string;
  reason: Enums<'delivery_reason'> | null;
};

/** Restricts a call to one salon, and to a number of rows. */
export type OfSalon = { salonId?: string; limit?: number };

const LAG_LIMIT = 10;
const FAILED_LIMIT = 50;

/** How well the sync works. Without `salonId`, for all salons of the member. */
export type Sync = {
  /** One row for each salon. */
  getWebhookHealth(of?: { salonId?: string }): Promise<WebhookHealth[]>;
  /** The latest appointments, the newest booking first. */
  getSyncLag(of?: OfSalon): Promise<SyncLag[]>;
  /** The newest first. */
  getFailedDeliveries(of?: OfSalon): Promise<FailedDelivery[]>;
  /**
   * Replays a delivery. For owners: others get `not_found`. `busy` while it is already being
   * applied.
   */
  replayDelivery(logId: string): Promise<ReplayAnswer>;
};

/** Reads the state of the sync with a client of supabase-js. */
export function createSync(supabase: CalendarClient): Sync {
  return {
    getWebhookHealth: ({ salonId } = {}) => {
      const health = supabase.from('webhook_health').select().order('salon_id');
      return answerOf(salonId === undefined ? health : health.eq('salon_id', salonId));
    },
    getSyncLag: ({ salonId, limit = LAG_LIMIT } = {}) => {
      const lag = supabase.from('sync_lag').select()
        .order('created_at', { ascending: false }).limit(limit);
      return answerOf(salonId === undefined ? lag : lag.eq('salon_id', salonId));
    },
    getFailedDeliveries: ({ salonId, limit = FAILED_LIMIT } = {}) => {
      const failed = supabase.from('failed_deliveries').select()
        .order('created_at', { ascending: false }).limit(limit);
      return answerOf(salonId === undefined ? failed : failed.eq('salon_id', salonId));
    },
    replayDelivery: (logId) =>
      answerOf(supabase.rpc('replay_delivery', { p_log_id: logId }).single()),
  };
}
