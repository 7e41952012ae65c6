import { isRecord, ownMember, type UnknownRecord } from '../json/records.ts';
import { CalendarError, type CalendarErrorCode } from './calendar-error.ts';
import type { CalendarClient } from './client.ts';

/** What is asked of the function `appointments`, without the key of the request. */
export type AppointmentsRequest = { action: string } & UnknownRecord;

/** Longer than the function waits for Cal.com. */
const TIMEOUT_MS = 60_000;

/** The function's codes that are shown as they are, or under the name of a similar error. */
const CODES: Readonly<Record<string, CalendarErrorCode>> = {
  unauthorized: 'not_signed_in',
  not_found: 'not_found',
  invalid_request: 'invalid_input',
  in_progress: 'busy',
  database_unavailable: 'unreachable',
  key_missing: 'key_missing',
  key_refused: 'key_refused',
  booking_not_found: 'booking_not_found',
  slot_taken: 'slot_taken',
  refused: 'calcom_refused',
  too_early: 'too_early',
  too_late: 'too_late',
  rate_limited: 'rate_limited',
  calcom_unreachable: 'calcom_unreachable',
};

/** After these the same request has to be repeated under the same key. */
const UNANSWERED: readonly unknown[] = ['in_progress', 'database_unavailable'];

/**
 * Returns a call of the function `appointments`. A request that got no answer is repeated under the
 * same key, so that it acts only once.
 *
 * @throws CalendarError if the action was not made, or if that is not known.
 */
export function createAppointmentsCall(
  supabase: CalendarClient,
): (request: AppointmentsRequest) => Promise<UnknownRecord> {
  const unanswered = new Map<string, string>();
  return async (request) => {
    const text = JSON.stringify(request);
    const requestKey = unanswered.get(text) ?? crypto.randomUUID();
    unanswered.set(text, requestKey);
    const answer = await answerTo(supabase, { ...request, requestKey });
    if (!UNANSWERED.includes(answer.code)) unanswered.delete(text);
    if (answer.ok === true) return answer;
    throw failureOf(answer);
  };
}

async function answerTo(supabase: CalendarClient, body: UnknownRecord): Promise<UnknownRecord> {
  const { data, error } = await supabase.functions.invoke<unknown>('appointments', {
    body,
    timeout: TIMEOUT_MS,
  });
  if (isRecord(data)) return data;
  const response: unknown = ownMember(error, 'context');
  if (!(response instanceof Response)) throw new CalendarError('unreachable');
  if (response.status === 404 && !isJson(response)) throw new CalendarError('not_available');
  if (!isJson(response)) throw new CalendarError('unreachable', String(response.status));
  const answer: unknown = await response.json();
  return isRecord(answer) ? answer : {};
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false;
}

function failureOf({ code, hint, url }: UnknownRecord): CalendarError {
  return new CalendarError(
    typeof code === 'string' ? CODES[code] ?? 'unexpected' : 'unexpected',
    typeof code === 'string' ? code : null,
    typeof hint === 'string' ? hint : null,
    typeof url === 'string' && /^https?:/.test(url) ? url : null,
  );
}
