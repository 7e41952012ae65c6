/**
 * A text as a regular expression of Postgres that matches just it, for PostgREST's `match` and
 * `imatch`. Its `like` and `ilike` read every `*` as `%`, and no escape prevents that.
 */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
