import { isUuid } from '../text/uuid.ts';

const SMSAPI_ID_PATTERN = /^[\w-]{1,64}$/;
const TWILIO_SID_PATTERN = /^(SM|MM)[0-9a-f]{32}$/i;
const ERROR_CODE_PATTERN = /^\d{1,6}$/;

/** The id of a row of `sms_messages`; null for anything else. */
export function readMessageId(value: string | null): string | null {
  const id = value?.trim().toLowerCase() ?? '';
  return isUuid(id) ? id : null;
}

/** SMSAPI's id of a message: a string, since a number cannot hold so many digits. */
export function readSmsapiId(value: unknown): string | null {
  return readText(value, SMSAPI_ID_PATTERN);
}

/** The SID of an SMS or MMS; null for any other SID. */
export function readTwilioSid(value: unknown): string | null {
  return readText(value, TWILIO_SID_PATTERN);
}

/** A provider's error number, which some answers send as a string. */
export function readErrorCode(value: unknown): string | null {
  return readText(typeof value === 'number' ? String(value) : value, ERROR_CODE_PATTERN);
}

function readText(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}
