import { COMMON_ERRORS, type ErrorText } from '../_shared/refusal.ts';
import { SCHEDULED_ERRORS } from '../_shared/scheduled-function.ts';
import type { ReminderPreview } from './preview.ts';

/** Why a request is refused. */
export type RefusalCode =
  | 'unauthorized'
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'payload_too_large'
  | 'request_timeout'
  | 'invalid_request'
  | 'clock_not_allowed'
  | 'database_unavailable'
  | 'internal_error';

/** What the function answers. A run continues after its answer. */
export type RemindersAnswer =
  | { ok: true; runId: string }
  | { ok: true; reminders: ReminderPreview[] }
  | { ok: false; code: RefusalCode; error: string; hint: string };

/** What refusals are answered with. */
export const ERRORS: Record<RefusalCode, ErrorText> = {
  ...SCHEDULED_ERRORS,
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
    ...COMMON_ERRORS.database_unavailable,
    hint: 'Start the run again; the log of this function has the code.',
  },
};

/** The run has started and continues in the background. */
export function answerStarted(runId: string): Response {
  return respond({ ok: true, runId }, 202);
}

/** What a run would do. */
export function answerPreview(reminders: ReminderPreview[]): Response {
  return respond({ ok: true, reminders });
}

function respond(body: RemindersAnswer, status = 200): Response {
  return Response.json(body, { status });
}
