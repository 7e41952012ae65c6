import { truncate } from '../text/truncate.ts';

/**
 * The Polish letters, none of which is in GSM-7. Removing the marks of decomposed letters would
 * miss ł and Ł, which have none, and change letters that are in GSM-7, such as é and ü.
 */
const POLISH_LETTERS = new Map(zip('ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzACELNOSZZ'));

/** Line breaks of all systems, including those of Unicode. */
const LINE_BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Control, format and unpaired surrogate characters: invisible or not text. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu;

const SPACES = /[\p{Zs}\t]+/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
const DOUBLE_QUOTES = /[„“”‟«»″]/g;
const SINGLE_QUOTES = /[‚‘’‛‹›′`´ʼ]/g;

/**
 * Replaces spaces, dashes, quotes and dots with characters of GSM-7 and removes invisible ones: a
 * no-break space from a date format or a „quote” from a text editor looks the same, but doubles the
 * price of an SMS. Line breaks become line feeds.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(LINE_BREAKS, '\n')
    .replaceAll(INVISIBLE, '')
    .normalize('NFC')
    .replaceAll(SPACES, ' ')
    .replaceAll(DASHES, '-')
    .replaceAll(DOUBLE_QUOTES, '"')
    .replaceAll(SINGLE_QUOTES, "'")
    .replaceAll('…', '...')
    .trim();
}

/** The clean text on a single line. */
export function toOneLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ');
}

/**
 * A name from outside, made fit for a message: on one line and cut to a length. Null if nothing is
 * left of it.
 */
export function toName(text: string | null, maxCharacters: number): string | null {
  return truncate(maxCharacters, toOneLine(text ?? ''))?.trimEnd() ?? null;
}

/** Replaces Polish letters with plain ones; expects them composed, as `cleanText` leaves them. */
export function transliterate(text: string): string {
  return Array.from(text, (letter) => POLISH_LETTERS.get(letter) ?? letter).join('');
}

function zip(keys: string, values: string): [string, string][] {
  return Array.from(keys, (key, index) => [key, values.charAt(index)]);
}
