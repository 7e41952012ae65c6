import { readSmsapiReceipts } from '../../../shared/sms/smsapi-receipts.ts';
import type { Gateway, SmsapiSettings } from './configuration.ts';
import { type Outcome, refuse } from './outcome.ts';
import { sameText } from './same-text.ts';
import type { Store } from './store.ts';

/** Notes the delivery reports that SMSAPI puts into the query of an address with a secret end. */
export async function receiveFromSmsapi(
  request: Request,
  secretPart: string,
  gateway: Gateway<SmsapiSettings>,
  store: Store,
): Promise<Outcome> {
  if (!gateway.ok) return refuse('server_misconfigured', 'smsapi', gateway.variable);
  // To those who guess, the address does not exist.
  if (!await sameText(secretPart, encodeURIComponent(gateway.settings.secret))) {
    return refuse('not_found', 'smsapi', 'secret_mismatch');
  }
  if (request.method !== 'GET') return refuse('method_not_allowed', 'smsapi');

  const receipts = readSmsapiReceipts(new URL(request.url).searchParams);
  const success = { ok: true, gateway: 'smsapi', kind: 'receipts' } as const;
  if (receipts.length === 0) return { ...success, kind: 'other', applied: 0, unknown: 0 };
  const stored = await store.applyReceipts('smsapi', receipts);
  return stored.ok
    ? { ...success, ...stored.value }
    : refuse('database_unavailable', 'smsapi', stored.code);
}
