/** What a call failed of. */
export type CalendarErrorCode =
  | 'not_signed_in'
  | 'forbidden'
  | 'invalid_input'
  | 'refused'
  | 'not_found'
  | 'not_available'
  | 'timeout'
  | 'unreachable'
  | 'unexpected';

/** What to do about it. */
const NEXT_STEPS: Readonly<Record<CalendarErrorCode, string>> = {
  not_signed_in: 'Sign in, then ask again.',
  forbidden: 'Ask an owner of the salon.',
  invalid_input: 'Check the ids and dates that were asked for.',
  refused: 'Change the value that breaks the rule named in detail.',
  not_found: 'Read the list anew: it is not there, or not of your salon.',
  not_available: 'Apply the migrations of this project to the database.',
  timeout: 'Ask for a shorter span of time.',
  unreachable: 'Check the connection, then ask again.',
  unexpected: 'Look the code in detail up in the log of the Data API.',
};

/** Why the data of a calendar could not be read or changed. Nothing of it is personal. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode;
  /** What to do about it, in English. */
  readonly nextStep: string;
  /** A SQLSTATE, a code of PostgREST, or the name of the rule that was broken. */
  readonly detail: string | null;

  constructor(code: CalendarErrorCode, detail: string | null = null) {
    super(`The calendar did not answer: ${code}. ${NEXT_STEPS[code]}`);
    this.name = 'CalendarError';
    this.code = code;
    this.nextStep = NEXT_STEPS[code];
    this.detail = detail;
  }
}

/** The error of a Data API call, as supabase-js hands it over. */
export type DataApiFailure = { status: number; error: { code: string; message: string } };

const BROKEN_RULE = /constraint "(\w+)"/;

/** By SQLSTATE or PostgREST's code. */
const BY_CODE: Readonly<Record<string, CalendarErrorCode>> = {
  '22007': 'invalid_input',
  '22008': 'invalid_input',
  '22P02': 'invalid_input',
  '23502': 'invalid_input',
  '23503': 'not_found',
  '23514': 'refused',
  '42501': 'forbidden',
  '57014': 'timeout',
  P0002: 'not_found',
  PGRST116: 'not_found',
  PGRST202: 'not_available',
  PGRST205: 'not_available',
  '42P01': 'not_available',
};

/** Tells what a failed call means to the caller. */
export function calendarError({ status, error }: DataApiFailure): CalendarError {
  // The key of the project alone is refused with 401 as well: nobody has signed in.
  if (status === 401) return new CalendarError('not_signed_in', error.code || null);
  if (status === 0) return new CalendarError('unreachable');
  const code = BY_CODE[error.code] ?? (status >= 502 ? 'unreachable' : 'unexpected');
  return new CalendarError(code, BROKEN_RULE.exec(error.message)?.[1] ?? (error.code || null));
}
