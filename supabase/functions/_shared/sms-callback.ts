import type { Variables } from './variables.ts';

const MIN_SECRET_CHARACTERS = 16;

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
