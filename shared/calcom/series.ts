import type { BookingPayload } from './booking-payload.ts';
import { isRecord } from '../json/records.ts';
import { nonEmpty } from '../text/truncate.ts';

/**
 * Whether the event type repeats, so that this event may be about several occurrences. "Cancel this
 * and following" sends one event without the rule of the series, but every event of a repeating type
 * has `recurrenceTimeZone` (seen in deliveries of hosted Cal.com in September 2026).
 */
export function isRecurring(payload: BookingPayload): boolean {
  const { recurringEvent, recurringEventId, recurrenceTimeZone } = payload;
  const hasRule = (isRecord(recurringEvent) || Array.isArray(recurringEvent)) &&
    Object.keys(recurringEvent).length > 0;
  return hasRule || nonEmpty(recurringEventId) !== null || nonEmpty(recurrenceTimeZone) !== null;
}
