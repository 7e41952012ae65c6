import { answer } from './answer.ts';
import type { Configuration } from './configuration.ts';
import { logLine } from './log-line.ts';
import { type Outcome, refuse } from './outcome.ts';
import { receiveFromSmsapi } from './smsapi.ts';
import type { Store } from './store.ts';
import { receiveFromTwilio } from './twilio.ts';

/** Everything the handler uses from outside. */
export type Deps = Pick<Configuration, 'smsapi' | 'twilio'> & {
  /** Where reports go, or the variable without which none may be accepted. */
  store: { ok: true; store: Store } | { ok: false; missing: string };
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
};

/** Supabase takes `/functions/v1` away before a function sees the path; others may not. */
const ROUTES = {
  smsapi: /^(?:\/functions\/v1)?\/sms-status\/smsapi\/([^/]+)$/,
  twilio: /^(?:\/functions\/v1)?\/sms-status\/twilio$/,
};

/** Answers one report of a gateway and writes one line about it. Never throws. */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  const startedAtMs = deps.now();
  const requestId = crypto.randomUUID();
  const outcome = await decide(request, deps).catch((error: unknown) =>
    refuse('internal_error', null, error instanceof Error ? error.name : 'unknown')
  );
  const finishedAtMs = deps.now();
  deps.log(logLine(outcome, { requestId, finishedAtMs, durationMs: finishedAtMs - startedAtMs }));
  return answer(outcome);
}

async function decide(request: Request, deps: Deps): Promise<Outcome> {
  const { pathname } = new URL(request.url);
  const secretPart = ROUTES.smsapi.exec(pathname)?.[1];
  if (secretPart === undefined && !ROUTES.twilio.test(pathname)) return refuse('not_found');
  if (!deps.store.ok) return refuse('server_misconfigured', null, deps.store.missing);

  const { store } = deps.store;
  return secretPart === undefined
    ? await receiveFromTwilio(request, deps.twilio, store)
    : await receiveFromSmsapi(request, secretPart, deps.smsapi, store);
}
