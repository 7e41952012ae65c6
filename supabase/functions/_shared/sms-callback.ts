import type { Variables } from './variables.ts';

const MIN_SECRET_CHARACTERS = 16;

/**
 * The public address of `sms-status`, null if there is none. Twilio signs the address as it was given,
 * so it is written here as a URL is parsed there: host in lower case, no default port, path encoded.
 * Twilio refuses an underscore in a host, and drops a user name and password.
 */
export function readCallbackUrl(variables: Variables): string | null {
  const given = variables.optionalUrl('SMS_CALLBACK_PUBLIC_URL');
  if (given === null || !URL.canParse(given)) {
    if (given !== null) variables.reject('SMS_CALLBACK_PUBLIC_URL');
    return null;
  }
  const { origin, hostname, pathname, username, password } = new URL(given);
  if (username !== '' || password !== '' || hostname.includes('_')) {
    variables.reject('SMS_CALLBACK_PUBLIC_URL');
  }
  return origin + pathname.replace(/\/+$/, '');
}

/** The secret last part of the address for SMSAPI's reports, too long to be guessed. */
export function readSmsapiSecret(variables: Variables): string {
  const secret = variables.text('SMSAPI_CALLBACK_SECRET');
  if (secret.length < MIN_SECRET_CHARACTERS) variables.reject('SMSAPI_CALLBACK_SECRET');
  return secret;
}

/** The address for SMSAPI's reports. They are not signed: the secret address authenticates them. */
export function smsapiAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/smsapi/${encodeURIComponent(secret)}`;
}

/** The address for Twilio's callbacks, which its signature covers. */
export function twilioAddress(publicUrl: string): string {
  return `${publicUrl}/twilio`;
}
