import { deliveryKey } from '../../../shared/calcom/delivery-key.ts';
import { type Delivery, parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { atMost } from '../../../shared/calcom/text.ts';
import { answer } from './answer.ts';
import { logLine } from './log-line.ts';
import { type Outcome, refuse } from './outcome.ts';
import { readBody } from '../_shared/read-body.ts';
import type { RefusalLimiter } from './refusal-limiter.ts';
import type { Upsert, UpsertArguments } from './upsert.ts';
import { type Secrets, type Verdict, verifyDelivery } from './verify.ts';

const RETRY_AFTER_SECONDS = 30;
const MAX_TRIGGER_CHARACTERS = 100;
const MAX_ADDRESS_CHARACTERS = 64;

/** Everything the handler uses from outside. */
export type Deps = {
  /** Where deliveries go, or the variable without which nothing may be accepted. */
  store:
    | { ok: true; secrets: Secrets; upsert: Upsert; rateLimit: number }
    | { ok: false; missing: string };
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

  const verdict = await verifyDelivery(request, body.bytes, deps.store.secrets);
  if (!verdict.ok) return refuseVerdict(verdict, request, deps);

  const { salonId } = verdict;
  const delivery = parseDelivery(verdict.text);
  const record = {
    ...toArguments(delivery, await deliveryKey(body.bytes)),
    p_salon_id: salonId,
    p_rate_limit: deps.store.rateLimit,
  };
  return { ...await store(delivery, record, deps.store.upsert), salonId };
}

/** A wrong signature costs the address one of its tries; a right one is never refused for rate. */
function refuseVerdict(
  verdict: Extract<Verdict, { ok: false }>,
  request: Request,
  deps: Deps,
): Outcome {
  if (verdict.code === 'server_misconfigured') {
    return refuse(verdict.code, { cause: verdict.cause });
  }
  if (verdict.code === 'database_unavailable') return refuseForNow(verdict.cause);
  const { code, salonId } = verdict;
  const [address = ''] = (request.headers.get('x-forwarded-for') ?? '').split(',');
  const retryAfterSeconds = deps.refusals.count(
    address.trim().slice(0, MAX_ADDRESS_CHARACTERS),
    deps.now(),
  );
  return retryAfterSeconds > 0
    ? refuse('too_many_refusals', { retryAfterSeconds, salonId })
    : refuse(code, { salonId });
}

function refuseForNow(cause: string, trigger?: string): Outcome {
  return refuse('database_unavailable', {
    cause,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    ...(trigger === undefined ? {} : { trigger }),
  });
}

/** Unusable deliveries are stored like any other: an authentic one is never lost. */
async function store(
  delivery: Delivery,
  record: UpsertArguments,
  upsert: Upsert,
): Promise<Outcome> {
  const trigger = record.p_webhook_type;
  const stored = await upsert(record);
  if (!stored.ok) return refuseForNow(stored.code, trigger);
  const { action, event_id: eventId, log_id: logId, reason } = stored.row;
  if (delivery.kind === 'invalid') {
    return refuse(delivery.code, { trigger, paths: delivery.paths, logId });
  }
  if (action === 'invalid') throw new Error('The database refused what was parsed');

  const bookingUid = delivery.kind === 'booking' ? delivery.booking.uid : null;
  return { ok: true, action, eventId, logId, reason, trigger, bookingUid };
}

function toArguments(
  delivery: Delivery,
  key: string,
): Omit<UpsertArguments, 'p_salon_id' | 'p_rate_limit'> {
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
