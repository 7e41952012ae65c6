import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** Why nothing can be sent to a phone. */
export type PhoneProblem = 'no_phone' | 'not_mobile' | 'country_blocked';

/** A mobile to send to, or why there is none. */
export type Mobile = { ok: true; e164: string } | { ok: false; problem: PhoneProblem };

/**
 * Judges a number in E.164, as the database reads what was typed: `private.e164`, by which opt-outs
 * and erasures know a client, too. Null if that is no number. Numbers of countries outside the list
 * (ISO 3166 alpha-2, upper case) are refused: somebody may have typed one to make the salon pay for
 * it.
 */
export function toMobile(phone: string | null, countries: readonly string[]): Mobile {
  if (phone === null) return { ok: false, problem: 'no_phone' };
  const number = parsePhoneNumberFromString(phone);
  // The metadata of `/mobile` knows mobiles only, unlike the default one, for which landlines and
  // cut numbers are valid. The parser also leaves trunk zeros out.
  if (number === undefined || !number.isValid() || number.number !== phone) {
    return { ok: false, problem: 'not_mobile' };
  }
  return number.country !== undefined && countries.includes(number.country)
    ? { ok: true, e164: phone }
    : { ok: false, problem: 'country_blocked' };
}
