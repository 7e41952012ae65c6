import { readTwilioCallback, type TwilioCallback } from '../../../shared/sms/twilio-receipt.ts';
import {
  TWILIO_SIGNATURE_HEADER,
  verifyTwilioSignature,
} from '../../../shared/sms/twilio-signature.ts';
import { twilioAddress } from '../_shared/callback-address.ts';
import { readBody } from '../_shared/read-body.ts';
import type { Stored } from '../_shared/stored.ts';
import type { Gateway, TwilioSettings } from './configuration.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { Store } from './store.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** Notes what Twilio posts with a right signature: how a message fared, or an answer to one. */
export async function receiveFromTwilio(
  request: Request,
  gateway: Gateway<TwilioSettings>,
  store: Store,
): Promise<Outcome> {
  if (!gateway.ok) return refuse('server_misconfigured', 'twilio', gateway.variable);
  if (request.method !== 'POST') return refuse('method_not_allowed', 'twilio');

  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code, 'twilio');
  const form = new URLSearchParams(new TextDecoder().decode(body.bytes));
  const { search, searchParams } = new URL(request.url);
  const { authToken, publicUrl } = gateway.settings;
  const isAuthentic = await verifyTwilioSignature({
    url: twilioAddress(publicUrl) + search,
    form,
    signature: request.headers.get(TWILIO_SIGNATURE_HEADER),
    authToken,
  });
  if (!isAuthentic) return refuse('signature_mismatch', 'twilio');

  return await apply(readTwilioCallback(form, searchParams.get('message')), store);
}

async function apply(callback: TwilioCallback, store: Store): Promise<Outcome> {
  switch (callback.kind) {
    case 'receipt': {
      const stored = await store.applyReceipts('twilio', [callback.receipt]);
      return stored.ok
        ? { ok: true, gateway: 'twilio', kind: 'receipts', ...stored.value }
        : refuse('database_unavailable', 'twilio', stored.code);
    }
    case 'opt_out':
      return ofPerson(callback.kind, await store.recordOptOut(callback.phone, 'twilio'));
    case 'opt_in':
      return ofPerson(callback.kind, await store.withdrawOptOut(callback.phone, 'twilio'));
    case 'other':
      return { ok: true, gateway: 'twilio', kind: 'other', applied: 0, unknown: 0 };
  }
}

function ofPerson(kind: 'opt_out' | 'opt_in', stored: Stored<number>): Outcome {
  return stored.ok
    ? { ok: true, gateway: 'twilio', kind, applied: stored.value, unknown: 0 }
    : refuse('database_unavailable', 'twilio', stored.code);
}
