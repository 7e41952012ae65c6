import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/mobile';
import { toOneLine } from '../../../shared/sms/plain-text.ts';

/** Why nothing can be sent to what was typed as a phone. */
export type PhoneProblem = 'no_phone' | 'not_mobile' | 'country_blocked';

/** A mobile to send to, or why there is none. */
export type Mobile = { ok: true; e164: string } | { ok: false; problem: PhoneProblem };

/** The country of a number written without one. */
const HOME_COUNTRY = 'PL';

/**
 * Reads a phone as people type it into E.164. Numbers of countries outside the list (ISO 3166
 * alpha-2, upper case) are refused: somebody may have typed one to make the salon pay for it.
 */
export function toMobile(raw: string | null, countries: readonly string[]): Mobile {
  // The parser gives up at a space it does not know, such as the narrow one of a copied number.
  const number = parsePhoneNumberFromString(toOneLine(raw ?? ''), HOME_COUNTRY);
  if (number === undefined) return { ok: false, problem: 'no_phone' };
  if (!isOneMobile(number)) return { ok: false, problem: 'not_mobile' };
  return number.country !== undefined && countries.includes(number.country)
    ? { ok: true, e164: number.number }
    : { ok: false, problem: 'country_blocked' };
}

/**
 * The metadata of `/mobile` knows mobiles only, unlike the default one, for which landlines and
 * cut numbers are valid. A second number after a comma is read as an extension of the first.
 */
function isOneMobile(number: PhoneNumber): boolean {
  return number.isValid() && number.ext === undefined;
}
