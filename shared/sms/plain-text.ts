import { truncate } from '../text/truncate.ts';

/** The Latin letters of GSM-7 beyond ASCII (3GPP TS 23.038, 6.2.1). */
const GSM_LETTERS = new Set('àèéìòùäöñüåæøßÇÅØÆÉÄÖÑÜ');

/** What is no plain letter with a mark in the Latin alphabets of Europe, or in ŀ and ŉ. */
const UNMARKED_LETTERS = new Map([
  ...zip('łŁđĐðÐħĦıĸŋŊŧŦǥǤʒƷ', 'lLdDdDhHiknNtTgGzZ'),
  ...Object.entries({
    œ: 'oe',
    Œ: 'OE',
    þ: 'th',
    Þ: 'Th',
    ẞ: 'SS',
    ə: 'e',
    Ə: 'E',
    '·': '',
    ʼ: "'",
  }),
]);

/** A Latin letter with the marks that do not form one character with it. */
const LATIN_LETTER = /\p{Script=Latin}\p{M}*/gu;

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

/**
 * Replaces Latin letters that are not in GSM-7 with plain ones, such as `a` for `ą` and `r` for `ř`;
 * expects them composed, as `cleanText` leaves them. Other scripts stay.
 */
export function transliterate(text: string): string {
  return text.replaceAll(
    LATIN_LETTER,
    (letter) => GSM_LETTERS.has(letter) ? letter : plainLetter(letter),
  );
}

function plainLetter(letter: string): string {
  const parts = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return Array.from(parts, (part) => UNMARKED_LETTERS.get(part) ?? part).join('');
}

function zip(keys: string, values: string): [string, string][] {
  return Array.from(keys, (key, index) => [key, values.charAt(index)]);
}
