import { expect } from 'vitest';
import { readSnapshots } from '../../../supabase/functions/_shared/calcom/booking-snapshot.ts';

/** When the API was asked. */
export const AS_OF = '2026-09-10T12:00:00.000Z';

/** A plain booking as Cal.com's API v2 documents it. */
export const PLAIN = {
  id: 123,
  uid: 'booking-uid',
  title: 'Strzyżenie: Zofia Kaczmarek i Katarzyna Wrona',
  description: '',
  hosts: [{ id: 1, name: 'Katarzyna Wrona', email: 'salon@x.example', username: 'psi-styl' }],
  status: 'accepted',
  start: '2026-09-15T08:00:00.000Z',
  end: '2026-09-15T09:00:00.000Z',
  duration: 60,
  eventTypeId: 50,
  location: 'ul. Dolnych Młynów 7/2, Kraków',
  meetingUrl: 'ul. Dolnych Młynów 7/2, Kraków',
  absentHost: false,
  createdAt: '2026-09-01T10:00:00.000Z',
  updatedAt: null,
  metadata: { barkbookClientId: 'c0000000-0000-4000-8000-0000000000a1' },
  icsUid: 'booking-uid@Cal.com',
  attendees: [
    { name: 'Zofia Kaczmarek', email: 'Zofia@poczta.example', absent: false },
    { name: 'Guest', email: 'guest@poczta.example', absent: true },
  ],
  bookingFieldsResponses: {
    name: { firstName: 'Zofia', lastName: 'Kaczmarek' },
    email: 'zofia@poczta.example',
    attendeePhoneNumber: '+48501220314',
    notes: 'boi się suszarki',
    location: { value: 'inPerson', optionValue: '' },
  },
};

/** A slot with two taken seats. */
export const SLOT = {
  ...without(PLAIN, 'bookingFieldsResponses', 'metadata'),
  attendees: ['z', 't'].map((seat) => ({
    name: `Osoba ${seat}`,
    email: `${seat}@poczta.example`,
    absent: seat === 't',
    seatUid: `seat-${seat}`,
    metadata: {},
    bookingFieldsResponses: { name: `Osoba ${seat}`, attendeePhoneNumber: '+48600100200' },
  })),
};

/** A copy without some members. */
export function without(from: object, ...names: string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}

/** The snapshots of a booking of the salon, or why there are none. */
export function read(raw: unknown, known: string[] = []) {
  const result = readSnapshots(raw, 'psi-styl', Date.parse(AS_OF), new Set(known));
  return result.ok ? result.snapshots : result.code;
}

/** The booking of the only snapshot of a changed plain booking. */
export function readOne(change: object = {}) {
  const snapshots = read({ ...PLAIN, ...change });
  if (typeof snapshots === 'string') throw new Error(snapshots);
  expect(snapshots).toHaveLength(1);
  return snapshots[0]?.booking;
}
