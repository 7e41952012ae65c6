/** Looks up a variable of the environment. */
export type Environment = (name: string) => string | undefined;

/** A value read from the environment, or the variable that is missing or unusable. */
export type Configured<Value> = { ok: true; value: Value } | { ok: false; variable: string };

/**
 * Reads variables and remembers the first one that is missing or unusable, so that a configuration
 * can be read as a whole and then judged once. Until then its values must not be used.
 */
export type Variables = {
  /** A required printable text, for a header or an address. */
  text(name: string): string;
  /** An optional text. */
  optional(name: string): string | null;
  /** An HTTP address without a query, returned without a trailing slash. */
  url(name: string, fallback: string): string;
  optionalUrl(name: string): string | null;
  /** A whole number from 1 to `max`. */
  whole(name: string, fallback: number, max: number): number;
  /** One of several words; required if there is no fallback. */
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word | null;
  /** Marks a well-formed variable as unusable. */
  reject(name: string): void;
  /** The value, or the first variable that is missing or unusable. */
  judge<Value>(value: Value): Configured<Value>;
};

const HTTP_ADDRESS = /^https?:\/\/[^\s?#/]+[^\s?#]*$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Reads variables from an environment; a blank one counts as missing. */
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
