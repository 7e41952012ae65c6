import type { Variables } from './variables.ts';

const MIN_SECRET_CHARACTERS = 16;

/** The secret last part of the address SMSAPI reports to, too long to be guessed. */
export function readSmsapiSecret(variables: Variables): string {
  const secret = variables.text('SMSAPI_CALLBACK_SECRET');
  if (secret.length < MIN_SECRET_CHARACTERS) variables.reject('SMSAPI_CALLBACK_SECRET');
  return secret;
}

/** Where SMSAPI reports to. It signs nothing: knowing the address is what authenticates it. */
export function smsapiAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/smsapi/${encodeURIComponent(secret)}`;
}

/** Where Twilio reports to, and what its signature covers besides the query and the form. */
export function twilioAddress(publicUrl: string): string {
  return `${publicUrl}/twilio`;
}
