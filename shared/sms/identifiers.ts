import { isUuid } from '../text/uuid.ts';

const SMSAPI_ID_PATTERN = /^[\w-]{1,64}$/;
const TWILIO_SID_PATTERN = /^(SM|MM)[0-9a-f]{32}$/i;
const ERROR_CODE_PATTERN = /^\d{1,6}$/;

/** The id of a row of `sms_messages`, or null for whatever else somebody put in its place. */
export function readMessageId(value: string | null): string | null {
  const id = value?.trim().toLowerCase() ?? '';
  return isUuid(id) ? id : null;
}

/** SMSAPI's id of a message; never a number, which cannot hold so many digits. */
export function readSmsapiId(value: unknown): string | null {
  return readText(value, SMSAPI_ID_PATTERN);
}

/** The SID of an SMS or MMS; null for one of anything else. */
export function readTwilioSid(value: unknown): string | null {
  return readText(value, TWILIO_SID_PATTERN);
}

/** A provider's error number, which some answers quote and some do not. */
export function readErrorCode(value: unknown): string | null {
  return readText(typeof value === 'number' ? String(value) : value, ERROR_CODE_PATTERN);
}

function readText(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}
