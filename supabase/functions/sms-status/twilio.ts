import { readBody } from '../_shared/read-body.ts';
import { refuse } from '../_shared/refusal.ts';
import { twilioAddress } from '../_shared/sms-callback.ts';
import type { Configured } from '../_shared/variables.ts';
import type { TwilioSettings } from './configuration.ts';
import type { Outcome } from './outcome.ts';
import { receiveReply } from './receive-reply.ts';
import type { Store } from './store.ts';
import { readTwilioCallback, type TwilioCallback } from './twilio-callback.ts';
import { TWILIO_SIGNATURE_HEADER, verifyTwilioSignature } from './twilio-signature.ts';

const provider = 'twilio';
const MAX_BODY_BYTES = 64 * 1024;

/** Stores what Twilio posts with a valid signature: a receipt, or an answer to a message. */
export async function receiveFromTwilio(
  request: Request,
  settings: Configured<TwilioSettings>,
  store: Store,
): Promise<Outcome> {
  if (!settings.ok) {
    return refuse('server_misconfigured', { provider, cause: settings.variable });
  }
  if (request.method !== 'POST') return refuse('method_not_allowed', { provider });

  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code, { provider });
  const form = new URLSearchParams(new TextDecoder().decode(body.bytes));
  const { search, searchParams } = new URL(request.url);
  const { authToken, publicUrl } = settings.value;
  const isAuthentic = await verifyTwilioSignature({
    url: twilioAddress(publicUrl) + search,
    form,
    signature: request.headers.get(TWILIO_SIGNATURE_HEADER),
    authToken,
  });
  if (!isAuthentic) return refuse('signature_mismatch', { provider });

  return await apply(readTwilioCallback(form, searchParams.get('message')), store);
}

async function apply(callback: TwilioCallback, store: Store): Promise<Outcome> {
  if (callback.kind !== 'receipt') return await receiveReply(provider, callback, store);
  const stored = await store.applyReceipts(provider, [callback.receipt]);
  return stored.ok
    ? { ok: true, provider, kind: 'receipts', ...stored.value }
    : refuse('database_unavailable', { provider, cause: stored.code });
}
