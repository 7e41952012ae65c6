import { preflight } from '../_shared/cors.ts';
import { handleRequest, type RequestDeps, type RequestLog } from '../_shared/handle-request.ts';
import { readBody } from '../_shared/read-body.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import { type Outcome, respond } from './answer.ts';
import { book, readEventTypesOf } from './book.ts';
import { change } from './change.ts';
import { parseCommand } from './command.ts';
import type { Service } from './service.ts';

/** The dependencies of the handler. */
export type Deps = RequestDeps & { service: Configured<Service> };

const MAX_BODY_BYTES = 4096;

/** Reasons and names are not logged. */
const LOG: RequestLog<Outcome> = {
  subject: 'action',
  success: ({ kind }) => ({ msg: kind === 'done' ? 'action done' : `answered ${kind}` }),
  fields: (outcome) => ({
    salon_id: 'salonId' in outcome ? outcome.salonId ?? null : null,
    event_id: 'eventId' in outcome ? outcome.eventId : null,
    action: 'action' in outcome ? outcome.action ?? null : null,
  }),
};

/** Answers a page of the dashboard. Never throws. */
export function handle(request: Request, deps: Deps): Promise<Response> {
  return handleRequest<Outcome>(request, deps, {
    decide: (received) => decide(received, deps.service),
    respond: (outcome) =>
      outcome.ok && outcome.kind === 'preflight' ? preflight() : respond(outcome),
    log: LOG,
  });
}

async function decide(request: Request, service: Configured<Service>): Promise<Outcome> {
  if (request.method === 'OPTIONS') return { ok: true, kind: 'preflight' };
  if (request.method !== 'POST') return refuse('method_not_allowed');
  if (!service.ok) return refuse('server_misconfigured', { cause: service.variable });
  if (!request.headers.has('authorization')) return refuse('unauthorized');
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return refuse(body.code);
  const parsed = parseCommand(new TextDecoder().decode(body.bytes));
  if (!parsed.ok) return refuse('invalid_request', { member: parsed.member });

  const { command } = parsed;
  const caller = service.value.callerOf(request.headers);
  if (command.action === 'event_types') {
    return await readEventTypesOf(command, caller, service.value);
  }
  const outcome = command.action === 'book'
    ? await book(command, caller, service.value)
    : await change(command, caller, service.value);
  return outcome.ok ? outcome : { ...outcome, action: command.action };
}
