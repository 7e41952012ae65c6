import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** When a delivery came, and what became of it. */
export type Delivery = Pick<Tables<'webhook_logs'>, 'id' | 'created_at' | 'status'>;

/** The deliveries of a salon, the good ones too. */
export type Deliveries = {
  /** Those since an instant, the newest first; at most 1000, which is what one answer holds. */
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
