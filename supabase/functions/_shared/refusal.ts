import { codeOnly, type Level } from './log.ts';

/** A refused request. `cause` is for the log only: a variable, a code of the database, … */
export type Refusal<Code extends string> = { ok: false; code: Code; cause?: string };

/** The answer to a refused request. */
export type ErrorText = { status: number; error: string; hint: string };

/** The errors that several functions have in common. */
export const COMMON_ERRORS = {
  not_found: { status: 404, error: 'Not found' },
  method_not_allowed: { status: 405, error: 'Method not allowed' },
  request_timeout: { status: 408, error: 'Request timeout' },
  payload_too_large: { status: 413, error: 'Payload too large' },
  server_misconfigured: { status: 500, error: 'Server misconfigured' },
  internal_error: { status: 500, error: 'Internal error' },
  database_unavailable: { status: 503, error: 'Database unavailable' },
} as const satisfies Record<string, Omit<ErrorText, 'hint'>>;

/** How to answer a refused request. */
export type RefusalAnswer = {
  status: number;
  body: object;
  /** The allowed methods. */
  allow: string;
  /** When to retry; by default that depends on the status. */
  retryAfterSeconds?: number | undefined;
  headers?: HeadersInit;
};

const RETRY_AFTER_SECONDS = 30;
const RETRYABLE_STATUSES: readonly number[] = [409, 503];

const SERVER_ERRORS: ReadonlySet<string> = new Set([
  'server_misconfigured',
  'database_unavailable',
  'internal_error',
]);

/** Refuses a request, with additional facts for the answer and the log. */
export function refuse<const Code extends string, Facts extends object = Record<never, never>>(
  code: Code,
  facts?: Facts,
): { ok: false; code: Code } & Facts {
  return { ok: false, code, ...facts } as { ok: false; code: Code } & Facts;
}

/** Answers with JSON; adds `Allow` for a wrong method and `Retry-After` for a temporary failure. */
export function respondRefused(answer: RefusalAnswer): Response {
  const { status, body, allow, retryAfterSeconds } = answer;
  const headers = new Headers(answer.headers);
  const seconds = retryAfterSeconds ??
    (RETRYABLE_STATUSES.includes(status) ? RETRY_AFTER_SECONDS : null);
  if (status === COMMON_ERRORS.method_not_allowed.status) headers.set('allow', allow);
  if (seconds !== null) headers.set('retry-after', String(seconds));
  return Response.json(body, { status, headers });
}

/** Mistakes of the caller are warnings, failures of the server are errors. */
export function refusalLevel(code: string): Level {
  return SERVER_ERRORS.has(code) ? 'error' : 'warn';
}

/** The log message of a refusal: `webhook refused: CALCOM_WEBHOOK_SECRET`. */
export function refusalMessage(subject: string, cause: string | undefined): string {
  const code = codeOnly(cause ?? null);
  return code === null ? `${subject} refused` : `${subject} refused: ${code}`;
}
