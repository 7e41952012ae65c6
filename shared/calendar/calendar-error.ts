/** Why a call failed. */
export type CalendarErrorCode =
  | 'not_signed_in'
  | 'forbidden'
  | 'invalid_input'
  | 'refused'
  | 'not_found'
  | 'busy'
  | 'not_available'
  | 'timeout'
  | 'unreachable'
  | 'several_clients'
  | 'incomplete_booking'
  | 'key_missing'
  | 'key_refused'
  | 'slot_taken'
  | 'calcom_refused'
  | 'booking_not_found'
  | 'rate_limited'
  | 'too_early'
  | 'too_late'
  | 'calcom_unreachable'
  | 'unexpected';

/** What is wrong, and what to do about it. */
const TEXTS: Readonly<Record<CalendarErrorCode, readonly [problem: string, nextStep: string]>> = {
  not_signed_in: ['There is no signed-in user', 'Sign in, then ask again.'],
  forbidden: ['The signed-in user may not do this', 'Ask an owner of the salon.'],
  invalid_input: ['An id, date or value is invalid', 'Check the arguments of the call.'],
  refused: ['A value breaks a rule', 'Change the value that the rule in detail is about.'],
  not_found: ['It does not exist in your salons', 'Reload the list.'],
  busy: ['It is being changed right now', 'Try again.'],
  not_available: ['The database does not have it yet', 'Apply the migrations.'],
  timeout: ['The database took too long', 'Choose a shorter period.'],
  unreachable: ['The Data API cannot be reached', 'Check the connection, then try again.'],
  several_clients: ['Several clients have this phone number', 'Assign one of them.'],
  incomplete_booking: ['The booking has no name or no phone number', 'Add the client yourself.'],
  key_missing: ['The salon has no API key of Cal.com', 'Open the url, or store the key.'],
  key_refused: ["Cal.com refuses the salon's API key", 'Ask an owner to store a new one.'],
  slot_taken: ['The time is taken', 'Choose another one.'],
  calcom_refused: ['Cal.com refused', 'Do it on the page of the booking in Cal.com.'],
  booking_not_found: ['Cal.com does not have it', "Check the account of the salon's API key."],
  rate_limited: ['Cal.com is asked too often', 'Try again in a minute.'],
  too_early: ['The appointment has not begun', 'Wait until it has.'],
  too_late: ['The appointment is over', 'Say whether the client came.'],
  calcom_unreachable: ['Cal.com did not answer', 'Look at the appointment before trying again.'],
  unexpected: ['The Data API failed', 'Look up the code in detail in its log.'],
};

/** Why the data of a calendar could not be read or changed. Contains no personal data. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode;
  /** What to do about it, in English. */
  readonly nextStep: string;
  /** A SQLSTATE, a code of PostgREST, or the name of the rule that was broken. */
  readonly detail: string | null;
  /** The page of Cal.com on which a person can do the same, if there is one. */
  readonly url: string | null;

  constructor(
    code: CalendarErrorCode,
    detail: string | null = null,
    hint: string | null = null,
    url: string | null = null,
  ) {
    const [problem, nextStep] = TEXTS[code];
    super(`${problem}. ${hint ?? nextStep}`);
    this.name = 'CalendarError';
    this.code = code;
    this.nextStep = hint ?? nextStep;
    this.detail = detail;
    this.url = url;
  }
}

/** The error of a Data API call, as supabase-js returns it. */
export type DataApiError = {
  code: string;
  message: string;
  hint: string | null;
  details?: string | null;
};

const BROKEN_RULE = /constraint "(\w+)"/;

/** By SQLSTATE or PostgREST's code. */
const BY_CODE: Readonly<Record<string, CalendarErrorCode>> = {
  '22007': 'invalid_input',
  '22008': 'invalid_input',
  '22P02': 'invalid_input',
  '23502': 'invalid_input',
  '23503': 'not_found',
  '23505': 'refused',
  '23514': 'refused',
  '42501': 'forbidden',
  '57014': 'timeout',
  P0002: 'not_found',
  PGRST116: 'not_found',
  PT404: 'not_found',
  PT400: 'invalid_input',
  PT409: 'busy',
  PT412: 'refused',
  PT422: 'refused',
  PT429: 'refused',
  PGRST202: 'not_available',
  PGRST205: 'not_available',
  '42P01': 'not_available',
};

/** The codes of our own functions and triggers, whose hints say what to do. */
const HINTED: ReadonlySet<string> = new Set([
  '23514',
  '42501',
  'P0002',
  'PT404',
  'PT400',
  'PT409',
  'PT412',
  'PT422',
  'PT429',
]);

/** Those that name the rule that was broken in `details`. */
const OWN_RULES: ReadonlySet<string> = new Set(['PT412', 'PT422', 'PT429']);

/** Translates the error of a failed call. */
export function calendarError(status: number, error: DataApiError): CalendarError {
  // A call with the project's key alone is refused with 401 as well.
  if (status === 401) return new CalendarError('not_signed_in', error.code || null);
  if (status === 0) return new CalendarError('unreachable');
  const code = BY_CODE[error.code] ?? (status >= 502 ? 'unreachable' : 'unexpected');
  const rule = OWN_RULES.has(error.code) ? error.details : BROKEN_RULE.exec(error.message)?.[1];
  const detail = rule ?? (error.code || null);
  return new CalendarError(code, detail, HINTED.has(error.code) ? error.hint : null);
}
