import { preflight } from '../_shared/cors.ts';
import { clientAddress } from '../_shared/client-address.ts';
import { handleRequest, type RequestDeps } from '../_shared/handle-request.ts';
import type { RateLimiter } from '../_shared/rate-limiter.ts';
import { readBody } from '../_shared/read-body.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import type { AppointmentActions } from './appointment-actions.ts';
import { type Answer, type Command, parseCommand } from './command.ts';
import { CLIENT_LINK_LOG, type Outcome, respond } from './outcome.ts';
import type { Store } from './store.ts';

/** What answers are stored with, and acted on. */
export type Service = { store: Store; actions: AppointmentActions };

/** Everything the handler uses from outside. */
export type Deps = RequestDeps & {
  service: Configured<Service>;
  /** Counts unknown tokens by address, and requests by token. */
  limiter: RateLimiter;
};

const MAX_BODY_BYTES = 2048;

/** Answers the client's page. Never throws. */
export function handle(request: Request, deps: Deps): Promise<Response> {
  if (request.method === 'OPTIONS') return Promise.resolve(preflight());
  return handleRequest<Outcome>(request, deps, {
    decide: (received) => decide(received, deps),
    respond,
    log: CLIENT_LINK_LOG,
  });
}

/** A GET shows and changes nothing: scanners of messages open links. */
async function decide(request: Request, deps: Deps): Promise<Outcome> {
  if (request.method !== 'POST') return refuse('method_not_allowed');
  if (!deps.service.ok) return refuse('server_misconfigured', { cause: deps.service.variable });

  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code);
  const command = parseCommand(new TextDecoder().decode(body.bytes));
  if (command === null) return refuse('invalid_request');

  const { limiter, now } = deps;
  const waitSeconds = limiter.count(`token ${command.token}`, now());
  if (waitSeconds > 0) return refuse('rate_limited', { retryAfterSeconds: waitSeconds });
  const outcome = await execute(command, deps.service.value);
  if (outcome.ok || outcome.code !== 'not_found') return outcome;
  // The length of a token prevents guessing. A known one is answered, whoever shares the address.
  const retryAfterSeconds = limiter.count(`address ${clientAddress(request.headers)}`, now());
  return retryAfterSeconds > 0 ? refuse('rate_limited', { retryAfterSeconds }) : outcome;
}

async function execute(command: Command, { store, actions }: Service): Promise<Outcome> {
  if (command.action !== 'show') return await record(command, store, actions);
  const shown = await store.show(command.token);
  if (!shown.ok) return refuse('database_unavailable', { cause: shown.code });
  if (shown.value === null) return refuse('not_found');
  return { ok: true, action: 'show', view: shown.value };
}

/** Stores the answer first: whatever Cal.com says then, the salon sees what the client wants. */
async function record(
  answer: Answer,
  store: Store,
  actions: AppointmentActions,
): Promise<Outcome> {
  const { action } = answer;
  const recorded = await store.respond(answer);
  if (!recorded.ok) return refuse('database_unavailable', { cause: recorded.code });
  const { answer: stored, salon_id: salonId, host, cal_com_event_id: bookingId } = recorded.value;
  if (stored !== 'recorded') return refuse(stored);
  const result = action === 'coming' || salonId === null || bookingId === null
    ? { result: 'recorded' as const }
    : await actions[action]({ salonId, host, bookingId });
  return { ok: true, action, salonId, answer: result };
}
