/**
 * For comparison, a function that only verifies a delivery, parses its JSON and makes one database
 * call: without checks, salons' own secrets, limits, logs or a client library. Run by Deno.
 */
import process from 'node:process';
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
  const payload = JSON.parse(new TextDecoder().decode(body));
  const stored = await fetch(`${REST_URL}/rpc/upsert_calendar_event`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      apikey: serviceRoleKey,
      authorization: `Bearer ${serviceRoleKey}`,
    },
    body: JSON.stringify({
      p_delivery_key: toHex(await crypto.subtle.digest('SHA-256', body)),
      p_webhook_type: payload.triggerEvent,
      p_payload: payload,
      p_booking: toBooking(payload.payload),
    }),
  });
  return Response.json(await stored.json(), { status: stored.status });
}

/** What the minimal RPC reads. */
function toBooking({ uid, title, startTime, endTime, location, ...payload }: {
  uid: string;
  title: string;
  startTime: string;
  endTime: string;
  location: string;
  additionalNotes: string;
  organizer: { username: string };
  attendees: [{ email: string; phoneNumber: string }];
  metadata: { barkbookClientId: string; barkbookPetId: string };
}) {
  const [{ email, phoneNumber }] = payload.attendees;
  return {
    ...{ uid, title, startTime, endTime, location },
    description: payload.additionalNotes,
    organizerUsername: payload.organizer.username,
    attendeeEmail: email,
    attendeePhone: phoneNumber,
    clientId: payload.metadata.barkbookClientId,
    petId: payload.metadata.barkbookPetId,
  };
}

export default { fetch: withCpuUsage(receive) };
