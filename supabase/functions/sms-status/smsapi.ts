import { timingSafeEqual } from 'std/crypto/timing_safe_equal.ts';
import { readBody } from '../_shared/read-body.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import type { SmsapiSettings } from './configuration.ts';
import type { Outcome } from './outcome.ts';
import { receiveReply } from './receive-reply.ts';
import { readSmsapiReceipts } from './smsapi-receipts.ts';
import { readSmsapiReply } from './smsapi-reply.ts';
import type { Store } from './store.ts';

const provider = 'smsapi';
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Stores what SMSAPI reports to an address with a secret end: delivery reports in the query of a GET,
 * and incoming messages in the form of a POST.
 */
export async function receiveFromSmsapi(
  request: Request,
  secretPart: string,
  settings: Configured<SmsapiSettings>,
  store: Store,
): Promise<Outcome> {
  if (!settings.ok) {
    return refuse('server_misconfigured', { provider, cause: settings.variable });
  }
  // A wrong guess looks like an unknown address.
  if (!isSecret(secretPart, encodeURIComponent(settings.value.secret))) {
    return refuse('not_found', { provider, cause: 'secret_mismatch' });
  }
  if (request.method === 'POST') return await receiveMessage(request, store);
  if (request.method !== 'GET') return refuse('method_not_allowed', { provider });

  const receipts = readSmsapiReceipts(new URL(request.url).searchParams);
  if (receipts.length === 0) return { ok: true, provider, kind: 'other', applied: 0, unknown: 0 };
  const stored = await store.applyReceipts(provider, receipts);
  return stored.ok
    ? { ok: true, provider, kind: 'receipts', ...stored.value }
    : refuse('database_unavailable', { provider, cause: stored.code });
}

async function receiveMessage(request: Request, store: Store): Promise<Outcome> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code, { provider });
  const form = new URLSearchParams(new TextDecoder().decode(body.bytes));
  return await receiveReply(provider, await readSmsapiReply(form), store);
}

/** Its timing reveals the length of the secret and nothing else. */
function isSecret(text: string, secret: string): boolean {
  const encoder = new TextEncoder();
  const given = encoder.encode(text);
  const expected = encoder.encode(secret);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
