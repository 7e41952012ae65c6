import type { BookingPayload, Person } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { namedSeat } from './slot.ts';

const MAX_ID_CHARACTERS = 255;

/** Joins a uid and a seat in `cal_com_event_id`, so an id with it could be read as another one. */
const SEPARATOR = '#';

/** The id; null if it is missing, too long for the database's index, or ambiguous. */
export function readId(id: string | undefined): string | null {
  const usable = id !== undefined && id !== '' && id.length <= MAX_ID_CHARACTERS;
  return usable && !isAmbiguous(id) ? id : null;
}

/**
 * The members whose id is ambiguous. Cal.com never sends such an id, so the delivery is refused
 * rather than read without it: it would be about another booking.
 */
export function ambiguousIds(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  attendees: Person[],
): string[] {
  const seat = namedSeat(trigger, payload, attendees);
  return [
    ...(isAmbiguous(payload.rescheduleUid) ? ['rescheduleUid'] : []),
    ...(isAmbiguous(seat?.id) ? [seat.field] : []),
  ];
}

function isAmbiguous(id: string | undefined): id is string {
  return id?.includes(SEPARATOR) === true;
}
