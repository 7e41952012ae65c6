import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** When a delivery arrived, and its status. */
export type Delivery = Pick<Tables<'webhook_logs'>, 'id' | 'created_at' | 'status'>;

/** All deliveries of a salon, successful ones included. */
export type Deliveries = {
  /** Those since an instant, the newest first; at most 1000, the limit of one response. */
  getDeliveries(salonId: string, since: Date): Promise<Delivery[]>;
};

/** Reads deliveries with a client of supabase-js. */
export function createDeliveries(supabase: CalendarClient): Deliveries {
  return {
    getDeliveries: (salonId, since) =>
      answerOf(
        supabase.from('webhook_logs').select('id, created_at, status')
          .eq('salon_id', salonId).gte('created_at', since.toISOString())
          .order('created_at', { ascending: false }),
      ),
  };
}
