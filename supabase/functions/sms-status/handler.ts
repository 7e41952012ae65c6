import { handleRequest, type RequestDeps } from '../_shared/handle-request.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import type { Configuration } from './configuration.ts';
import { type Outcome, respond, STATUS_LOG } from './outcome.ts';
import { receiveFromSmsapi } from './smsapi.ts';
import type { Store } from './store.ts';
import { receiveFromTwilio } from './twilio.ts';

/** Everything the handler uses from outside. */
export type Deps =
  & RequestDeps
  & Pick<Configuration, 'smsapi' | 'twilio'>
  & { store: Configured<Store> };

/** Supabase takes `/functions/v1` away before a function sees the path; others may not. */
const ROUTES = {
  smsapi: /^(?:\/functions\/v1)?\/sms-status\/smsapi\/([^/]+)$/,
  twilio: /^(?:\/functions\/v1)?\/sms-status\/twilio$/,
};

/** Answers one report of a provider. Never throws. */
export function handle(request: Request, deps: Deps): Promise<Response> {
  return handleRequest<Outcome>(request, deps, {
    decide: (received) => decide(received, deps),
    respond,
    log: STATUS_LOG,
  });
}

async function decide(request: Request, { store, smsapi, twilio }: Deps): Promise<Outcome> {
  const { pathname } = new URL(request.url);
  const secretPart = ROUTES.smsapi.exec(pathname)?.[1];
  if (secretPart === undefined && !ROUTES.twilio.test(pathname)) return refuse('not_found');
  if (!store.ok) return refuse('server_misconfigured', { cause: store.variable });

  return secretPart === undefined
    ? await receiveFromTwilio(request, twilio, store.value)
    : await receiveFromSmsapi(request, secretPart, smsapi, store.value);
}
