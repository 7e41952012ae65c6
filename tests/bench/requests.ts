import type { StackKeys } from '../../local/stack/keys.ts';
import { deliveryKey } from '../../supabase/functions/calcom-webhook/delivery-key.ts';
import { parseDelivery } from '../../shared/calcom/parse-delivery.ts';
import { SIGNATURE_HEADER, signBody } from '../../shared/calcom/signature.ts';
import type { LoadRequest } from './load.ts';

/** A delivery as Cal.com sends it. */
export async function signedRequest(
  url: string,
  body: string,
  { webhookSecret }: StackKeys,
): Promise<LoadRequest> {
  const signature = await signBody(new TextEncoder().encode(body), webhookSecret);
  return { url, body, headers: { ...jsonHeaders(body), [SIGNATURE_HEADER]: signature } };
}

/** The database call that the function makes for a delivery. */
export async function upsertRequest(
  dataApiUrl: string,
  body: string,
  { serviceRoleKey }: StackKeys,
): Promise<LoadRequest> {
  const delivery = parseDelivery(body);
  if (delivery.kind !== 'booking') throw new Error(`Not a booking: ${delivery.kind}`);
  const call = JSON.stringify({
    p_delivery_key: await deliveryKey(new TextEncoder().encode(body)),
    p_webhook_type: delivery.trigger,
    p_payload: delivery.payload,
    p_booking: delivery.booking,
  });
  return {
    url: `${dataApiUrl}/rpc/upsert_calendar_event`,
    body: call,
    headers: {
      ...jsonHeaders(call),
      accept: 'application/vnd.pgrst.object+json',
      apikey: serviceRoleKey,
      authorization: `Bearer ${serviceRoleKey}`,
    },
  };
}

function jsonHeaders(body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
}
