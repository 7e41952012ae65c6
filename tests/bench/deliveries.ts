import { randomInt, randomUUID } from 'node:crypto';
import { readDelivery } from '../fixtures/calcom/deliveries.ts';
import type { Booker } from './bookers.ts';

const HOUR_MS = 3_600_000;
const HOURS_AHEAD = 24 * 365;
const NOTES = 'Fiona boi się suszarki, proszę suszyć ręcznikiem i robić przerwy. '.repeat(7);

/** A delivery of a real server, which is varied here. */
const TEMPLATE = JSON.parse(readDelivery('001-chain-a-1-created').text);

/**
 * New bookings, each of a random client; about 4 kB each, like those of Cal.com. All name the
 * client and the pet, since BarkBook makes six calls for such bookings, and the function is no
 * faster with them than with others.
 */
export function createBookings(count: number, bookers: readonly Booker[]): string[] {
  return Array.from({ length: count }, () => {
    const booker = bookers[randomInt(bookers.length)];
    if (booker === undefined) throw new RangeError('Nobody to book');
    return bookingCreated(booker);
  });
}

function bookingCreated({ salonUsername, clientId, petId, email, phone }: Booker): string {
  const { payload } = TEMPLATE;
  const uid = randomUUID().replaceAll('-', '').slice(0, 22);
  const startMs = Date.now() + randomInt(1, HOURS_AHEAD) * HOUR_MS;
  return JSON.stringify({
    ...TEMPLATE,
    createdAt: new Date().toISOString(),
    payload: {
      ...payload,
      uid,
      iCalUID: `${uid}@Cal.com`,
      bookingId: randomInt(1_000_000, 10_000_000),
      startTime: new Date(startMs).toISOString(),
      endTime: new Date(startMs + HOUR_MS).toISOString(),
      additionalNotes: NOTES,
      organizer: { ...payload.organizer, username: salonUsername },
      attendees: [{ ...payload.attendees[0], email, phoneNumber: phone }],
      responses: {
        ...payload.responses,
        email: { ...payload.responses.email, value: email },
        attendeePhoneNumber: { ...payload.responses.attendeePhoneNumber, value: phone },
        notes: { ...payload.responses.notes, value: NOTES },
      },
      metadata: { barkbookClientId: clientId, barkbookPetId: petId, source: 'barkbook' },
    },
  });
}
