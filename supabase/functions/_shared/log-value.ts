/**
 * A SQLSTATE, a code of PostgREST or of an SMS gateway, a variable, the class of an exception. Seven
 * digits in a row would be somebody's phone.
 */
const CODE_PATTERN = /^(?!.*\d{7})\w{1,64}$/;

/** The value when it is nothing but a code, else null, so that a log never gets to say more. */
export function codeOnly(value: string | null): string | null {
  return matching(CODE_PATTERN, value);
}

/** The value when it has the form of the pattern, else null. */
export function matching(pattern: RegExp, value: string | null): string | null {
  return value !== null && pattern.test(value) ? value : null;
}
