import type { BookingPayload } from './booking-payload.ts';
import { readInstant, toInstant } from '../time/instant.ts';

const MS_PER_MINUTE = 60_000;

type TimeField = 'startTime' | 'endTime';

/** When an appointment takes place, or which members keep us from knowing it. */
export type BookedTime =
  | { ok: true; startTime: string | null; endTime: string | null }
  | { ok: false; fields: TimeField[] };

/**
 * The time of an event that books one: both ends are needed, and the end must come after the
 * start. An appointment of no length lasts the event type's `length` in minutes.
 */
export function requiredTime(payload: BookingPayload): BookedTime {
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
 * The time an event mentions without booking it. Cal.com sends empty strings in a cancellation
 * whose row had none, so unreadable times are no reason to lose the event.
 */
export function mentionedTime(payload: BookingPayload): BookedTime {
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
