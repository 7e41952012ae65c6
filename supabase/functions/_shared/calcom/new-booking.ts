import { ownMember } from '../../../../shared/json/records.ts';
import type { Call } from './calcom-client.ts';
import type { Action, BookingRef } from './perform.ts';
import {
  BOOKINGS_VERSION,
  findByMetadata,
  readBooking,
  type ShownBooking,
} from './read-booking.ts';

/** A booking that the salon makes for a client. */
export type NewBooking = {
  eventTypeId: number;
  /** ISO 8601 in UTC. */
  start: string;
  /** Cal.com needs a phone number or an e-mail address. */
  attendee: { name: string; phone: string | null; email: string | null; timeZone: string };
  /** In the salon, which the booking links to. */
  clientId: string;
  petId: string | null;
  /** By which the booking is found if Cal.com's answer is lost. */
  requestKey: string;
};

/** The member of a booking's metadata with its request key. */
const REQUEST_KEY = 'barkbookRequestKey';

/** Books an appointment. */
export function newBooking(call: Call, booking: NewBooking): Action {
  const { attendee, clientId, petId, eventTypeId, start, requestKey } = booking;
  const { name, phone, email, timeZone } = attendee;
  return {
    call: {
      method: 'POST',
      path: '/bookings',
      version: BOOKINGS_VERSION,
      body: {
        eventTypeId,
        start,
        attendee: {
          name,
          timeZone,
          language: 'pl',
          ...(phone === null ? {} : { phoneNumber: phone }),
          ...(email === null ? {} : { email }),
        },
        metadata: {
          barkbookClientId: clientId,
          ...(petId === null ? {} : { barkbookPetId: petId }),
          [REQUEST_KEY]: requestKey,
        },
      },
    },
    look: async (data) => {
      const made = refOf(data);
      const shown = made === null
        ? await findByMetadata(call, [REQUEST_KEY, requestKey])
        : await readMade(call, made);
      return shown === null ? null : { ref: made ?? refIn(shown, requestKey), shown: [shown] };
    },
    refOf,
  };
}

async function readMade(call: Call, { uid }: BookingRef): Promise<ShownBooking | null> {
  const read = await readBooking(call, uid);
  return read.ok ? read.value : null;
}

function refIn({ booking }: ShownBooking, requestKey: string): BookingRef {
  const seat = booking.attendees.find(({ metadata }) =>
    ownMember(metadata, REQUEST_KEY) === requestKey
  );
  return { uid: booking.uid ?? '', seatUid: seat?.seatUid ?? null };
}

/** A repeating event type gives one booking for each occurrence; the first one is meant. */
function refOf(data: unknown): BookingRef | null {
  const made = Array.isArray(data) ? data[0] : data;
  const uid = ownMember(made, 'uid');
  const seatUid = ownMember(made, 'seatUid');
  return typeof uid === 'string'
    ? { uid, seatUid: typeof seatUid === 'string' ? seatUid : null }
    : null;
}
