import { type Delivery, parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { handleRequest, type RequestDeps } from '../_shared/handle-request.ts';
import { readBody } from '../_shared/read-body.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import { answer, isWebhookAction } from './answer.ts';
import { clientAddress } from '../_shared/client-address.ts';
import { deliveryKey } from './delivery-key.ts';
import { type Outcome, WEBHOOK_LOG } from './outcome.ts';
import type { RateLimiter } from '../_shared/rate-limiter.ts';
import type { Stored, Upsert, UpsertArguments } from './store.ts';
import { type Secrets, type Verdict, verifyDelivery } from './verify.ts';

/** Cal.com's payload version 2026-07-27 carries two calendar files in a body. */
const MAX_BODY_BYTES = 256 * 1024;

/** What deliveries are verified against, and where they are stored. */
export type Service = { secrets: Secrets; upsert: Upsert; rateLimit: number };

/** The dependencies of the handler. */
export type Deps = RequestDeps & { service: Configured<Service>; refusals: RateLimiter };

/** Answers one request of Cal.com. Never throws. */
export function handle(request: Request, deps: Deps): Promise<Response> {
  return handleRequest<Outcome>(request, deps, {
    decide: (received) => decide(received, deps),
    respond: answer,
    log: WEBHOOK_LOG,
  });
}

async function decide(request: Request, deps: Deps): Promise<Outcome> {
  if (request.method !== 'POST') return refuse('method_not_allowed');
  if (!deps.service.ok) {
    return refuse('server_misconfigured', { cause: deps.service.variable });
  }
  const { secrets, upsert, rateLimit } = deps.service.value;

  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code);

  const verdict = await verifyDelivery(request, body.bytes, secrets);
  if (!verdict.ok) return refuseVerdict(verdict, request, deps);

  const { sender } = verdict;
  const salonId = sender?.salonId ?? null;
  const delivery = parseDelivery(verdict.text);
  const record = {
    ...toArguments(delivery, await deliveryKey(body.bytes)),
    p_rate_limit: rateLimit,
  };
  // Stores any authentic delivery, even an unusable one, so that none is lost.
  const stored = await upsert(record, sender);
  if (!stored.ok) {
    const trigger = record.p_webhook_type;
    return refuse('database_unavailable', { cause: stored.code, trigger, salonId });
  }
  if (stored.value.action === 'refused' && salonId !== null) {
    await secrets.ofSalons.renewed(salonId);
    return refuseVerdict({ ok: false, code: 'signature_mismatch', salonId }, request, deps);
  }
  return { ...describe(delivery, record, stored.value), salonId };
}

/** Limits refused signatures by address; a valid signature is never rate-limited. */
function refuseVerdict(
  verdict: Extract<Verdict, { ok: false }>,
  request: Request,
  deps: Deps,
): Outcome {
  if (verdict.code === 'server_misconfigured' || verdict.code === 'database_unavailable') {
    return refuse(verdict.code, { cause: verdict.cause });
  }
  const { code, salonId } = verdict;
  const retryAfterSeconds = deps.refusals.count(clientAddress(request.headers), deps.now());
  return retryAfterSeconds > 0
    ? refuse('too_many_refusals', { retryAfterSeconds, salonId })
    : refuse(code, { salonId });
}

/** What came of a delivery that was stored. */
function describe(
  delivery: Delivery,
  { p_webhook_type: trigger }: UpsertArguments,
  { action, event_id: eventId, log_id: logId, reason }: Stored,
): Outcome {
  if (logId === null) throw new Error('A stored delivery has no log');
  if (delivery.kind === 'invalid') {
    return refuse(delivery.code, { trigger, paths: delivery.paths, logId });
  }
  if (!isWebhookAction(action)) throw new Error(`Unexpected action ${action}`);

  const bookingUid = delivery.kind === 'booking' ? delivery.booking.uid : null;
  return { ok: true, action, eventId, logId, reason, trigger, bookingUid };
}

function toArguments(delivery: Delivery, key: string): Omit<UpsertArguments, 'p_rate_limit'> {
  return {
    p_delivery_key: key,
    p_webhook_type: delivery.trigger ?? 'unknown',
    p_payload: delivery.payload,
    p_booking: delivery.kind === 'booking' ? delivery.booking : null,
    p_error: delivery.kind === 'invalid' ? describeError(delivery) : null,
  };
}

function describeError({ code, paths }: Extract<Delivery, { kind: 'invalid' }>): string {
  return `Invalid payload: ${code === 'invalid_json' ? 'not JSON' : paths.join(', ')}`;
}
