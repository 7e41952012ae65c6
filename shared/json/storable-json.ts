/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The part of a value that Postgres can store, and whether it is all of it. */
export type StorableJson = { value: Json; complete: boolean };

/** Cal.com nests about 6 levels deep; Postgres and PostgREST fail at some thousands. */
const MAX_DEPTH_LEVELS = 64;

/**
 * Copies a parsed JSON value into one that a `jsonb` column accepts: NUL and lone surrogates in
 * strings and keys become U+FFFD. Anything nested deeper than 64 levels is left out and `complete`
 * is false, so that the caller can store the text instead.
 */
export function toStorableJson(value: unknown): StorableJson {
  let complete = true;

  const copy = (part: unknown, level: number): Json => {
    if (typeof part === 'string') return toStorableText(part);
    if (typeof part === 'boolean') return part;
    if (typeof part === 'number') return Number.isFinite(part) ? part : null;
    if (typeof part !== 'object' || part === null) return null;
    if (level === MAX_DEPTH_LEVELS) {
      complete = false;
      return null;
    }
    if (Array.isArray(part)) return part.map((item) => copy(item, level + 1));
    // fromEntries defines own properties, so a key named __proto__ stays an ordinary key.
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [toStorableText(key), copy(item, level + 1)]),
    );
  };

  return { value: copy(value, 0), complete };
}

/** Replaces characters that Postgres cannot store, NUL and lone surrogates, with U+FFFD. */
export function toStorableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
