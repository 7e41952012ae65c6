const EMAIL_PATTERN = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]+$/;
const MAX_EMAIL_CHARACTERS = 254;

/** Cal.com makes up `<digits>@sms.cal.com` for a booker who gave only a phone number. */
const SMS_PLACEHOLDER_PATTERN = /^\+?(\d{7,15})@sms\.cal\.com$/;

/** BarkBook makes up `<phone>@temp.groomio.app` for a client without an address. */
const APP_PLACEHOLDER_PATTERN = /^(\+?\d{7,15})@temp\./;

/** Any placeholder address, whatever comes before the @. */
const PLACEHOLDER_PATTERN = /@(sms\.cal\.com$|temp\.)/;

const PHONE_PATTERN = /^\+?\d{7,15}$/;
const PHONE_PUNCTUATION_PATTERN = /[\s().-]/g;
const MAX_PHONE_CHARACTERS = 40;

/** The address in lower case; null if it is invalid or a placeholder. */
export function readEmail(value: unknown): string | null {
  const email = lowerCased(value);
  if (email.length > MAX_EMAIL_CHARACTERS || !EMAIL_PATTERN.test(email)) return null;
  return PLACEHOLDER_PATTERN.test(email) ? null : email;
}

/** The phone number as typed, trimmed; null if it cannot be one. */
export function readPhone(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const phone = value.trim();
  if (phone.length > MAX_PHONE_CHARACTERS) return null;
  return PHONE_PATTERN.test(phone.replace(PHONE_PUNCTUATION_PATTERN, '')) ? phone : null;
}

/** The phone number in a placeholder address; null for any other address. */
export function phoneInPlaceholder(value: unknown): string | null {
  const email = lowerCased(value);
  const digits = SMS_PLACEHOLDER_PATTERN.exec(email)?.[1];
  return digits === undefined ? APP_PLACEHOLDER_PATTERN.exec(email)?.[1] ?? null : `+${digits}`;
}

/** Whether two e-mail addresses from Cal.com are the same, placeholders included. */
export function sameEmail(one: unknown, other: unknown): boolean {
  return lowerCased(one) !== '' && lowerCased(one) === lowerCased(other);
}

function lowerCased(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
