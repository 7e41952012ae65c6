import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { deliveryKey } from '../../../supabase/functions/calcom-webhook/delivery-key.ts';

/** The arguments of the database call that the function makes for a delivery. */
export type Call = readonly [key: string, trigger: string, payload: string, booking: string];

/** Parses a delivery as the function does. */
export async function toCall(body: string): Promise<Call> {
  const delivery = parseDelivery(body);
  if (delivery.kind !== 'booking') throw new Error(`Not a booking: ${delivery.kind}`);
  return [
    await deliveryKey(new TextEncoder().encode(body)),
    delivery.trigger,
    JSON.stringify(delivery.payload),
    JSON.stringify(delivery.booking),
  ];
}
