import { deliveryKey } from '../../../shared/calcom/delivery-key.ts';
import { type Delivery, parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import {
  SIGNATURE_HEADER,
  type SignatureErrorCode,
  verifySignature,
} from '../../../shared/calcom/signature.ts';
import { atMost } from '../../../shared/calcom/text.ts';
import { answer } from './answer.ts';
import { logLine } from './log-line.ts';
import { type Outcome, refuse } from './outcome.ts';
import { readBody } from '../_shared/read-body.ts';
import type { RefusalLimiter } from './refusal-limiter.ts';
import type { Upsert, UpsertArguments } from './upsert.ts';

const RETRY_AFTER_SECONDS = 30;
const MAX_TRIGGER_CHARACTERS = 100;
const MAX_ADDRESS_CHARACTERS = 64;

/** Everything the handler uses from outside. */
export type Deps = {
  /** Where deliveries go, or the variable without which nothing may be accepted. */
  store: { ok: true; secrets: readonly string[]; upsert: Upsert } | { ok: false; missing: string };
  refusals: RefusalLimiter;
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
  maxBodyBytes: number;
};

/** Answers one request of Cal.com and writes one line about it. Never throws. */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  const startedAtMs = deps.now();
  const requestId = crypto.randomUUID();
  const outcome = await decide(request, deps).catch((error: unknown) =>
    refuse('internal_error', { cause: error instanceof Error ? error.name : 'unknown' })
  );
  const finishedAtMs = deps.now();
  const durationMs = finishedAtMs - startedAtMs;
  deps.log(logLine(outcome, { requestId, finishedAtMs, durationMs }));
  return answer(outcome, durationMs);
}

async function decide(request: Request, deps: Deps): Promise<Outcome> {
  if (request.method !== 'POST') return refuse('method_not_allowed');
  if (!deps.store.ok) return refuse('server_misconfigured', { cause: deps.store.missing });

  const body = await readBody(request, deps.maxBodyBytes);
  if (!body.ok) return refuse(body.code);

  const signature = request.headers.get(SIGNATURE_HEADER);
  const verified = await verifySignature(body.bytes, signature, deps.store.secrets);
  if (!verified.ok) return refuseSignature(verified.code, request, deps);

  const delivery = parseDelivery(verified.text);
  return await store(delivery, await deliveryKey(body.bytes), deps.store.upsert);
}

/** A wrong signature costs the address one of its tries; a right one is never refused for rate. */
function refuseSignature(code: SignatureErrorCode, request: Request, deps: Deps): Outcome {
  const [address = ''] = (request.headers.get('x-forwarded-for') ?? '').split(',');
  const retryAfterSeconds = deps.refusals.count(
    address.trim().slice(0, MAX_ADDRESS_CHARACTERS),
    deps.now(),
  );
  return retryAfterSeconds > 0 ? refuse('too_many_refusals', { retryAfterSeconds }) : refuse(code);
}

/** Unusable deliveries are stored like any other: an authentic one is never lost. */
async function store(delivery: Delivery, key: string, upsert: Upsert): Promise<Outcome> {
  const record = toArguments(delivery, key);
  const trigger = record.p_webhook_type;
  const stored = await upsert(record);
  if (!stored.ok) {
    return refuse('database_unavailable', {
      trigger,
      cause: stored.code,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  const { action, event_id: eventId, log_id: logId, reason } = stored.row;
  if (delivery.kind === 'invalid') {
    return refuse(delivery.code, { trigger, paths: delivery.paths, logId });
  }
  if (action === 'invalid') throw new Error('The database refused what was parsed');

  const bookingUid = delivery.kind === 'booking' ? delivery.booking.uid : null;
  return { ok: true, action, eventId, logId, reason, trigger, bookingUid };
}

function toArguments(delivery: Delivery, key: string): UpsertArguments {
  return {
    p_delivery_key: key,
    p_webhook_type: atMost(MAX_TRIGGER_CHARACTERS, delivery.trigger) ?? 'unknown',
    p_payload: delivery.payload,
    p_booking: delivery.kind === 'booking' ? delivery.booking : null,
    p_error: delivery.kind === 'invalid' ? describeError(delivery) : null,
  };
}

function describeError({ code, paths }: Extract<Delivery, { kind: 'invalid' }>): string {
  return `Invalid payload: ${code === 'invalid_json' ? 'not JSON' : paths.join(', ')}`;
}
