/** The trimmed text; null if it is blank or not a string. */
export function nonEmpty(text: unknown): string | null {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  return trimmed === '' ? null : trimmed;
}

/** The trimmed text cut to a number of code points, so that no character is split; or null. */
export function truncate(maxCharacters: number, text: unknown): string | null {
  const whole = nonEmpty(text);
  if (whole === null || whole.length <= maxCharacters) return whole;
  // A code point takes at most two UTF-16 units.
  return Array.from(whole.slice(0, 2 * maxCharacters)).slice(0, maxCharacters).join('');
}
