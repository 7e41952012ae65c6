import type { UnknownRecord } from './records.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The part of a value that is stored, and whether any is missing because of its depth. */
export type StorableJson = { value: Json; complete: boolean };

/** Cal.com nests about 6 levels deep; Postgres and PostgREST fail at some thousands. */
const MAX_DEPTH_LEVELS = 64;

const NONE: ReadonlySet<string> = new Set();

/**
 * Turns a parsed JSON value into one that a `jsonb` column accepts: NUL and lone surrogates in
 * strings and keys become U+FFFD, and `unwanted` members are left out at any level. Anything nested
 * deeper than 64 levels is left out and `complete` is false, so that the caller can store the text
 * instead. A value that needs no change, which is the rule, is returned itself.
 */
export function toStorableJson(
  value: unknown,
  unwanted: ReadonlySet<string> = NONE,
): StorableJson {
  return isStorable(value, unwanted, 0) ? { value, complete: true } : copyStorable(value, unwanted);
}

/** Replaces characters that Postgres cannot store, NUL and lone surrogates, with U+FFFD. */
export function toStorableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function isStorable(part: unknown, unwanted: ReadonlySet<string>, level: number): part is Json {
  if (typeof part === 'string') return isStorableText(part);
  if (typeof part === 'number') return Number.isFinite(part);
  if (typeof part !== 'object' || part === null) return part === null || typeof part === 'boolean';
  if (level === MAX_DEPTH_LEVELS) return false;
  if (Array.isArray(part)) return part.every((item) => isStorable(item, unwanted, level + 1));
  // Unlike the entries, the keys of an object need no copy.
  const members = part as UnknownRecord;
  return Object.keys(members).every((key) =>
    isStorableText(key) && !unwanted.has(key) && isStorable(members[key], unwanted, level + 1)
  );
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function copyStorable(value: unknown, unwanted: ReadonlySet<string>): StorableJson {
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
      Object.entries(part)
        .filter(([key]) => !unwanted.has(key))
        .map(([key, item]) => [toStorableText(key), copy(item, level + 1)]),
    );
  };

  return { value: copy(value, 0), complete };
}
