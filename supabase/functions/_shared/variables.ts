/** Looks a variable of the environment up. */
export type Environment = (name: string) => string | undefined;

/** What was read from the environment, or the variable that is missing or unusable. */
export type Configured<Value> = { ok: true; value: Value } | { ok: false; variable: string };

/**
 * Reads variables and remembers the first that is missing or unusable, so that a configuration is
 * read as a whole and judged once. What stands in for an unusable value must not be used.
 */
export type Variables = {
  /** A printable text that has to be there: part of a header or of an address. */
  text(name: string): string;
  /** A text that may be missing. */
  optional(name: string): string | null;
  /** An address for HTTP, without a query and without a slash at the end. */
  url(name: string, fallback: string): string;
  optionalUrl(name: string): string | null;
  /** A whole number from 1 to `max`. */
  whole(name: string, fallback: number, max: number): number;
  /** One of some words; the variable has to be there when there is no fallback. */
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word | null;
  /** Says that a variable, though well-formed, cannot be used. */
  reject(name: string): void;
  /** The value that was read, or the first variable at fault. */
  judge<Value>(value: Value): Configured<Value>;
};

const HTTP_ADDRESS = /^https?:\/\/[^\s?#/]+[^\s?#]*$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Reads from an environment, in which a blank variable counts as missing. */
export function createVariables(env: Environment): Variables {
  let wrong: string | null = null;
  const reject = (name: string) => {
    wrong ??= name;
  };
  const optional = (name: string) => env(name)?.trim() || null;
  const optionalUrl = (name: string) => {
    const url = optional(name);
    if (url !== null && !HTTP_ADDRESS.test(url)) reject(name);
    return url?.replace(/\/+$/, '') ?? null;
  };

  return {
    optional,
    optionalUrl,
    reject,
    judge: (value) => wrong === null ? { ok: true, value } : { ok: false, variable: wrong },
    text(name) {
      const text = optional(name) ?? '';
      if (!PRINTABLE.test(text)) reject(name);
      return text;
    },
    url: (name, fallback) => optionalUrl(name) ?? fallback,
    whole(name, fallback, max) {
      const text = optional(name);
      const number = text === null ? fallback : Number(text);
      if (!Number.isInteger(number) || number < 1 || number > max) reject(name);
      return number;
    },
    oneOf(name, words, fallback) {
      const text = optional(name) ?? fallback;
      const word = words.find((known) => known === text);
      if (word === undefined) reject(name);
      return word ?? null;
    },
  };
}
