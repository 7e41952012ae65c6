/** `warn` deserves attention, `error` needs it immediately. */
export type Level = 'info' | 'warn' | 'error';

/** The keys of a line after its message: numbers, ids and codes, never free text. */
export type LogFields = Readonly<Record<string, string | number | null | readonly string[]>>;

/**
 * A SQLSTATE, a code of PostgREST or of an SMS provider, the name of a variable, or the class of an
 * exception. Seven digits in a row are not allowed, since they could be a phone number.
 */
const CODE_PATTERN = /^(?!.*\d{7})\w{1,64}$/;

/** One JSON line with exactly the keys that the caller lists. */
export function logLine(atMs: number, level: Level, msg: string, fields: LogFields): string {
  return JSON.stringify({ ts: new Date(atMs).toISOString(), level, msg, ...fields });
}

/** The value if it is a code, else null. */
export function codeOnly(value: string | null): string | null {
  return matching(CODE_PATTERN, value);
}

/** The value if it matches the pattern, else null. */
export function matching(pattern: RegExp, value: string | null): string | null {
  return value !== null && pattern.test(value) ? value : null;
}

/** The class of an exception. Its message is not logged, since it could quote anything. */
export function exceptionName(error: unknown): string {
  return error instanceof Error ? error.name : 'exception';
}
