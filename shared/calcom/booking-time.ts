import type { BookingPayload } from './booking-payload.ts';
import { readInstant, toInstant } from '../time/instant.ts';

const MS_PER_MINUTE = 60_000;

type TimeField = 'startTime' | 'endTime';

/** When an appointment takes place, or which members are unusable. */
export type BookingTime =
  | { ok: true; startTime: string | null; endTime: string | null }
  | { ok: false; fields: TimeField[] };

/**
 * The time of an event that must have one: both ends are required, and the end must come after the
 * start. If they are equal, the appointment lasts the event type's `length` in minutes.
 */
export function requiredTime(payload: BookingPayload): BookingTime {
  const startTime = readInstant(payload.startTime);
  const endTime = readInstant(payload.endTime);
  if (startTime === null || endTime === null) {
    const fields: TimeField[] = [];
    if (startTime === null) fields.push('startTime');
    if (endTime === null) fields.push('endTime');
    return { ok: false, fields };
  }
  if (endTime > startTime) return { ok: true, startTime, endTime };

  const laterEnd = endTime === startTime ? endAfter(startTime, payload.length) : null;
  if (laterEnd === null) return { ok: false, fields: ['endTime'] };
  return { ok: true, startTime, endTime: laterEnd };
}

/**
 * The time of an event that need not have one. Cal.com sends empty strings in a cancellation whose
 * row had no time, so unreadable times do not make the event invalid.
 */
export function optionalTime(payload: BookingPayload): BookingTime {
  const startTime = readInstant(payload.startTime);
  const endTime = readInstant(payload.endTime);
  const backwards = startTime !== null && endTime !== null && endTime <= startTime;
  return backwards
    ? { ok: true, startTime: null, endTime: null }
    : { ok: true, startTime, endTime };
}

function endAfter(startTime: string, lengthMinutes: number | undefined): string | null {
  if (lengthMinutes === undefined || lengthMinutes <= 0) return null;
  const endTime = toInstant(Date.parse(startTime) + lengthMinutes * MS_PER_MINUTE);
  return endTime !== null && endTime > startTime ? endTime : null;
}
