/** The text without surrounding space, or null when nothing is left of it. */
export function nonEmpty(text: unknown): string | null {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  return trimmed === '' ? null : trimmed;
}

/** The non-empty text cut to a number of code points, so that no character is split in half. */
export function truncate(maxCharacters: number, text: unknown): string | null {
  const whole = nonEmpty(text);
  if (whole === null || whole.length <= maxCharacters) return whole;
  // A code point takes at most two UTF-16 units.
  return Array.from(whole.slice(0, 2 * maxCharacters)).slice(0, maxCharacters).join('');
}
