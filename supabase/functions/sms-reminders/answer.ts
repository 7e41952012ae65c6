import type { ReminderPreview } from './preview.ts';

/** Why a request is refused. */
export type RefusalCode =
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'invalid_request'
  | 'clock_not_allowed'
  | 'database_unavailable'
  | 'internal_error';

/** What the function answers. A run goes on after its answer. */
export type RemindersAnswer =
  | { ok: true; runId: string }
  | { ok: true; reminders: ReminderPreview[] }
  | { ok: false; code: RefusalCode; error: string; hint: string };

type ErrorText = { status: number; error: string; hint: string };

const ERRORS: Record<RefusalCode, ErrorText> = {
  method_not_allowed: {
    status: 405,
    error: 'Method not allowed',
    hint: 'Start runs with POST.',
  },
  server_misconfigured: {
    status: 500,
    error: 'Server misconfigured',
    hint: 'Set this variable of the function:',
  },
  payload_too_large: {
    status: 413,
    error: 'Payload too large',
    hint: 'Send at most 4 KiB.',
  },
  invalid_request: {
    status: 400,
    error: 'Invalid request',
    hint: 'Send nothing or a JSON object with dryRun (boolean) and at (ISO 8601 with a time zone).',
  },
  clock_not_allowed: {
    status: 400,
    error: 'Another time is for dry runs only',
    hint: 'Add "dryRun": true. Real runs at another time need SMS_ALLOW_FAKE_CLOCK=true.',
  },
  database_unavailable: {
    status: 503,
    error: 'Database unavailable',
    hint: 'Start the run again; the log of this function has the code.',
  },
  internal_error: {
    status: 500,
    error: 'Internal error',
    hint: 'The log of this function has the request.',
  },
};

/** The run has begun and goes on by itself. */
export function answerStarted(runId: string): Response {
  return respond(202, { ok: true, runId });
}

/** What a run would do. */
export function answerPreview(reminders: ReminderPreview[]): Response {
  return respond(200, { ok: true, reminders });
}

/** The request is refused; nothing was claimed. */
export function answerRefusal(code: RefusalCode, cause: string | null): Response {
  const { status, error, hint } = ERRORS[code];
  const variable = code === 'server_misconfigured' && cause !== null ? ` ${cause}` : '';
  const headers = new Headers();
  if (status === 405) headers.set('allow', 'POST');
  if (status === 503) headers.set('retry-after', '30');
  return respond(status, { ok: false, code, error, hint: hint + variable }, headers);
}

function respond(status: number, body: RemindersAnswer, headers?: Headers): Response {
  return Response.json(body, { status, ...(headers === undefined ? {} : { headers }) });
}
