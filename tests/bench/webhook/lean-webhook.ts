/**
 * For comparison, a function that only verifies and parses a delivery and makes the database call
 * of `calcom-webhook`: without salons' own secrets, limits, logs or a client library. Run by Deno.
 */
import process from 'node:process';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { SIGNATURE_HEADER } from '../../../shared/calcom/signature.ts';
import { fromHex, toHex } from '../../../shared/text/hex.ts';
import { withCpuUsage } from './cpu-usage.ts';

const {
  CALCOM_WEBHOOK_SECRET = '',
  REST_URL = '',
  SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey = '',
} = process.env;

const HMAC_SHA256 = { name: 'HMAC', hash: 'SHA-256' };
const secret = await crypto.subtle.importKey(
  'raw',
  new TextEncoder().encode(CALCOM_WEBHOOK_SECRET),
  HMAC_SHA256,
  false,
  ['verify'],
);

async function receive(request: Request): Promise<Response> {
  const body = await request.arrayBuffer();
  const signature = fromHex(request.headers.get(SIGNATURE_HEADER) ?? '');
  if (!await crypto.subtle.verify(HMAC_SHA256, secret, signature, body)) {
    return new Response(null, { status: 401 });
  }
  const delivery = parseDelivery(new TextDecoder().decode(body));
  if (delivery.kind !== 'booking') return new Response(null, { status: 400 });

  const stored = await fetch(`${REST_URL}/rpc/upsert_calendar_event`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      apikey: serviceRoleKey,
      authorization: `Bearer ${serviceRoleKey}`,
    },
    body: JSON.stringify({
      p_delivery_key: toHex(await crypto.subtle.digest('SHA-256', body)),
      p_webhook_type: delivery.trigger,
      p_payload: delivery.payload,
      p_booking: delivery.booking,
    }),
  });
  return Response.json(await stored.json(), { status: stored.status });
}

export default { fetch: withCpuUsage(receive) };
