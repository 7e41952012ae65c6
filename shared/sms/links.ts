/** Dots of any script that phones read as one in a link. */
const DOTS = '.．。｡․';
const PUNCTUATION_AROUND = /^[.,;:!?()[\]{}<>"']+|[.,;:!?()[\]{}<>"']+$/g;
const SCHEME = /[a-z]:\/\//;
const START_OF_ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)?(www\.)?/;

/** Two characters that are neither digits nor punctuation, or one that may be written as two: `þ`. */
const ENDING = String.raw`(?:[^\u0001-\u0040\u005b-\u0060\u007b-\u00bf]{2}|[^\u0001-\u00bf])`;
const DOMAIN = new RegExp(`[^${DOTS}][${DOTS}]${ENDING}`, 'u');
const DOT_OF_DOMAIN = new RegExp(`(?<=[^${DOTS}\\s][${DOTS}])(?=${ENDING})`, 'gu');
const OCTET = '(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])';
const IPV4_ADDRESS = new RegExp(`(?<![0-9])${OCTET}([${DOTS}]${OCTET}){3}(?![0-9])`);
const DOTTED_NUMBER = new RegExp(`[0-9]+([${DOTS}][0-9]+){3,}`, 'g');
const DOT = new RegExp(`[${DOTS}]`, 'g');
const DOTS_AROUND = new RegExp(`^[${DOTS}:/]+|[${DOTS}:/]+$`, 'g');

/**
 * The first word of a text, in lower case, that a phone would show as a link and that is not one of
 * the allowed addresses or below one; null if there is none. The database refuses a template by the
 * same rule: `private.check_sms_links`.
 *
 * @param allowed Such as `psistyl.pl` or `facebook.com/psistyl`, without `https://www.`.
 */
export function forbiddenLink(text: string, allowed: readonly string[]): string | null {
  const words = normal(text).toLowerCase().split(/\s+/)
    .map((word) => word.replaceAll(PUNCTUATION_AROUND, ''));
  return words.find((word) => isLink(word) && !isAllowed(word, allowed)) ?? null;
}

/** A name from outside, written so that a phone does not make a link of it. */
export function withoutLinks(name: string): string {
  return normal(name).replaceAll(DOTS_AROUND, '').replaceAll('://', ' ').replaceAll(
    DOT_OF_DOMAIN,
    ' ',
  )
    .replaceAll(DOTTED_NUMBER, (number) => number.replaceAll(DOT, '$& '));
}

/** A text as it may be sent: without ligatures, and digits and letters of other widths. */
function normal(text: string): string {
  return text.normalize('NFKC');
}

function isLink(word: string): boolean {
  return SCHEME.test(word) || DOMAIN.test(word) || IPV4_ADDRESS.test(word);
}

/** A link as it is among the allowed addresses: in lower case, without `https://www.`. */
export function addressOf(link: string): string {
  return link.toLowerCase().replace(START_OF_ADDRESS, '');
}

function isAllowed(word: string, allowed: readonly string[]): boolean {
  const address = addressOf(word);
  return allowed.some((entry) =>
    address === entry || ['/', '?', '#'].some((next) => address.startsWith(`${entry}${next}`))
  );
}
