/** `warn` deserves attention, `error` needs it at once. */
export type Level = 'info' | 'warn' | 'error';

/** The keys of a line after its text: numbers, ids and codes, never free text. */
export type LogFields = Readonly<Record<string, string | number | null | readonly string[]>>;

/**
 * A SQLSTATE, a code of PostgREST or of an SMS provider, a variable, the class of an exception. Seven
 * digits in a row could be a phone number.
 */
const CODE_PATTERN = /^(?!.*\d{7})\w{1,64}$/;

/** One JSON line. Its keys are those that the caller lists, so that nothing else can get into it. */
export function logLine(atMs: number, level: Level, msg: string, fields: LogFields): string {
  return JSON.stringify({ ts: new Date(atMs).toISOString(), level, msg, ...fields });
}

/** The value when it is nothing but a code, else null. */
export function codeOnly(value: string | null): string | null {
  return matching(CODE_PATTERN, value);
}

/** The value when it has the form of the pattern, else null. */
export function matching(pattern: RegExp, value: string | null): string | null {
  return value !== null && pattern.test(value) ? value : null;
}

/** What may be logged of an exception: its class. Its message could quote anything. */
export function exceptionName(error: unknown): string {
  return error instanceof Error ? error.name : 'exception';
}
