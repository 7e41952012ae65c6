import { readBookingPayload } from './booking-payload.ts';
import { CALENDAR_FILES, withoutCalendarFiles } from './calendar-files.ts';
import { BOOKING_TRIGGERS, type BookingTrigger, type CalendarBooking } from './calendar-booking.ts';
import { readInstant } from '../time/instant.ts';
import { normalise } from './normalise.ts';
import { isRecord, ownMember, type UnknownRecord } from '../json/records.ts';
import { type Json, toStorableJson, toStorableText } from '../json/storable-json.ts';
import { truncate } from '../text/truncate.ts';

const MAX_TRIGGER_CHARACTERS = 100;

/** Why the text of a delivery is unusable. */
export type ParseErrorCode = 'invalid_json' | 'invalid_payload';

/**
 * A parsed delivery. `payload` is its body in a form that Postgres can store, or `{ raw: text }` if
 * it is not JSON or nested too deeply, and never has calendar files; `paths` names members, never
 * values.
 */
export type Delivery =
  | {
    kind: 'booking';
    trigger: BookingTrigger;
    booking: CalendarBooking;
    payload: NonNullable<Json>;
  }
  | { kind: 'ignored'; trigger: string; payload: NonNullable<Json> }
  | {
    kind: 'invalid';
    code: ParseErrorCode;
    trigger: string | null;
    paths: string[];
    payload: NonNullable<Json>;
  };

/**
 * Parses the text of a signed delivery, whatever its content type. Never throws.
 *
 * Cal.com sends `{ triggerEvent, createdAt, payload }`, and MEETING_ENDED mostly as
 * `{ triggerEvent, ...booking }`. Unknown triggers are ignored, since newer servers have more.
 */
export function parseDelivery(text: string): Delivery {
  const json = parseJson(text);
  if (!json.ok) {
    return {
      kind: 'invalid',
      code: 'invalid_json',
      trigger: null,
      paths: [],
      payload: asRaw(text),
    };
  }
  const { value: body, complete } = toStorableJson(json.value, CALENDAR_FILES);
  // A JSON null would become SQL's null, which means that there is no body.
  const payload = complete && body !== null ? body : asRaw(text);

  const trigger = ownMember(body, 'triggerEvent');
  // A body without a trigger comes from a payload template or another app; the trigger is not
  // guessed.
  if (!isRecord(body) || typeof trigger !== 'string' || trigger.trim() === '') {
    return {
      kind: 'invalid',
      code: 'invalid_payload',
      trigger: null,
      paths: ['triggerEvent'],
      payload,
    };
  }
  if (!isBookingTrigger(trigger)) {
    return { kind: 'ignored', trigger: truncate(MAX_TRIGGER_CHARACTERS, trigger) ?? '', payload };
  }

  const result = parseBooking(trigger, body);
  return result.ok
    ? { kind: 'booking', trigger, booking: result.booking, payload }
    : { kind: 'invalid', code: 'invalid_payload', trigger, paths: result.paths, payload };
}

type ParsedBooking = { ok: true; booking: CalendarBooking } | { ok: false; paths: string[] };

function parseBooking(trigger: BookingTrigger, body: UnknownRecord): ParsedBooking {
  const wrapped = isRecord(body['payload']) ? body['payload'] : null;
  if (wrapped === null && trigger !== 'MEETING_ENDED') return { ok: false, paths: ['payload'] };

  const payload = readBookingPayload(wrapped ?? body);
  // If the booking itself is the root, `createdAt` is the time of the booking, not of the event.
  const rowInRoot = trigger === 'MEETING_ENDED' && Object.hasOwn(body, 'uid');
  const occurredAt = readInstant(rowInRoot ? payload.endTime : body['createdAt']);

  const result = normalise(trigger, payload, occurredAt);
  if (result.ok) return result;
  const prefix = wrapped === null ? '' : 'payload.';
  return { ok: false, paths: result.fields.map((field) => `${prefix}${field}`) };
}

function isBookingTrigger(trigger: string): trigger is BookingTrigger {
  return BOOKING_TRIGGERS.some((known) => known === trigger);
}

function asRaw(text: string): { raw: string } {
  return { raw: toStorableText(withoutCalendarFiles(text)) };
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
