import { describe, expect, test } from 'vitest';
import { readSnapshots } from '../../../supabase/functions/calcom-sync/booking-snapshot.ts';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';

const AS_OF = '2026-09-10T12:00:00.000Z';

/** A plain booking as Cal.com's API v2 documents it. */
const PLAIN = {
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
const SLOT = {
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

function without(from: object, ...names: string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}

function read(raw: unknown, known: string[] = []) {
  const result = readSnapshots(raw, 'psi-styl', Date.parse(AS_OF), new Set(known));
  return result.ok ? result.snapshots : result.code;
}

function readOne(change: object = {}) {
  const snapshots = read({ ...PLAIN, ...change });
  if (typeof snapshots === 'string') throw new Error(snapshots);
  expect(snapshots).toHaveLength(1);
  return snapshots[0]?.booking;
}

describe('a plain booking', () => {
  test('follows the rules of the webhooks', () => {
    expect(readOne()).toMatchObject({
      trigger: 'BOOKING_SYNCED',
      uid: 'booking-uid',
      rescheduleUid: null,
      seated: false,
      wholeSlot: false,
      organizerUsername: 'psi-styl',
      hostUsername: 'psi-styl',
      hostName: 'Katarzyna Wrona',
      clientId: 'c0000000-0000-4000-8000-0000000000a1',
      startTime: '2026-09-15T08:00:00.000Z',
      endTime: '2026-09-15T09:00:00.000Z',
      description: 'boi się suszarki',
      location: 'ul. Dolnych Młynów 7/2, Kraków',
      meetingUrl: null,
      attendeeEmail: 'zofia@poczta.example',
      attendeePhone: '+48501220314',
      icalUid: 'booking-uid@Cal.com',
      recurring: false,
      snapshot: { status: 'accepted', ended: false, absent: false, movedTo: null, seats: null },
    });
  });

  test('is stored as received', () => {
    const snapshots = read(PLAIN);
    expect(snapshots).toMatchObject([{ payload: PLAIN }]);
  });

  test.each([
    ['of the request', {}, AS_OF],
    [
      'of the last change, if that was later',
      { updatedAt: '2026-09-10T12:00:30.000Z' },
      '2026-09-10T12:00:30.000Z',
    ],
    [
      'of its creation, if that was later',
      { createdAt: '2026-09-10T12:00:20.000Z' },
      '2026-09-10T12:00:20.000Z',
    ],
  ])('is sure of what happened until %s', (_when, change, occurredAt) => {
    expect(readOne(change)?.occurredAt).toBe(occurredAt);
  });

  test.each([
    ['ended', { end: AS_OF, start: '2026-09-10T11:00:00.000Z' }, { ended: true }],
    ['not over yet', { end: '2026-09-10T12:00:01.000Z', start: AS_OF }, { ended: false }],
    ['to be confirmed', { status: 'pending' }, { status: 'pending' }],
    ['without a host yet', { status: 'awaiting_host' }, { status: 'pending' }],
    ['declined', { status: 'REJECTED' }, { status: 'rejected' }],
    ['moved', { status: 'cancelled', rescheduledToUid: 'next' }, { movedTo: 'next' }],
    [
      'moved, but still accepted',
      { rescheduledToUid: 'next' },
      { status: 'accepted', movedTo: 'next' },
    ],
  ])('may be %s', (_what, change, snapshot) => {
    expect(readOne(change)?.snapshot).toMatchObject(snapshot);
  });

  test('is a no-show only if the booker was absent', () => {
    expect(readOne({ attendees: [{ email: 'a@x.example', absent: true }] })?.snapshot?.absent)
      .toBe(true);
  });

  test('has the reason of its cancellation, its predecessor and its series', () => {
    const change = {
      status: 'cancelled',
      cancellationReason: 'choroba',
      rescheduledFromUid: 'before',
      recurringBookingUid: 'series',
    };
    expect(readOne(change)).toMatchObject({
      cancellationReason: 'choroba',
      rescheduleUid: 'before',
      recurring: true,
    });
  });

  test('with a video call has its link', () => {
    expect(readOne({ location: 'https://app.cal.com/video/x' })?.meetingUrl)
      .toBe('https://app.cal.com/video/x');
  });

  test('with members of a wrong type is still valid', () => {
    const odd = {
      attendees: 'none',
      metadata: 7,
      title: {},
      icsUid: 1,
      bookingFieldsResponses: [],
    };
    expect(readOne(odd)).toMatchObject({ uid: 'booking-uid', title: null, attendeeEmail: null });
  });
});

test('a plain booking whose answers Cal.com cannot read is not a slot with seats', () => {
  const unreadable = { bookingFieldsResponses: { name: 'unknown', email: 'unknown' } };
  expect(readOne(unreadable)).toMatchObject({
    seated: false,
    wholeSlot: false,
    attendeeEmail: 'zofia@poczta.example',
  });
});

test.each([
  ['with the character that joins a uid and a seat', 'later#seat'],
  ['too long for the database', 'x'.repeat(256)],
])('a successor %s is not followed', (_what, rescheduledToUid) => {
  expect(readOne({ rescheduledToUid })?.snapshot?.movedTo).toBeNull();
});

describe('a slot with seats', () => {
  test('whose event type was deleted has no ids of seats, and is about the whole slot', () => {
    // As hosted Cal.com answered on 8 September 2026.
    const orphan = {
      ...PLAIN,
      eventType: null,
      eventTypeId: null,
      description: null,
      attendees: [{ name: 'Zofia Kaczmarek', email: 'zofia@poczta.example', absent: false }],
      bookingFieldsResponses: {
        name: 'unknown',
        email: 'unknown',
        displayEmail: 'unknown',
        guests: [],
        rescheduledReason: 'unknown',
      },
      status: 'cancelled',
    };
    const snapshots = read(orphan);
    expect(snapshots).toHaveLength(1);
    expect(snapshots).toMatchObject([{
      booking: {
        seated: true,
        seatId: null,
        wholeSlot: true,
        attendeeEmail: null,
        snapshot: { status: 'cancelled', seats: null },
      },
      payload: { attendees: [] },
    }]);
  });

  test('gives one snapshot for each seat, and one for the whole slot', () => {
    expect(read(SLOT)).toMatchObject([
      {
        booking: {
          seated: true,
          seatId: 'seat-z',
          wholeSlot: false,
          attendeeEmail: 'z@poczta.example',
          attendeePhone: '+48600100200',
          snapshot: { absent: false, seats: null },
        },
      },
      { booking: { seatId: 'seat-t', snapshot: { absent: true } } },
      {
        booking: {
          seated: true,
          seatId: null,
          wholeSlot: true,
          attendeeEmail: null,
          snapshot: { absent: false, seats: ['seat-z', 'seat-t'] },
        },
      },
    ]);
  });

  test('has in the snapshot of a seat nothing about other seats', () => {
    const snapshots = read(SLOT);
    const payloads = typeof snapshots === 'string' ? [] : snapshots.map(({ payload }) => payload);
    expect(payloads).toMatchObject([
      { attendees: [{ seatUid: 'seat-z' }] },
      { attendees: [{ seatUid: 'seat-t' }] },
      { attendees: [] },
    ]);
  });

  test('knows its seats only if each has an id', () => {
    const [z, t] = SLOT.attendees;
    const snapshots = read({ ...SLOT, attendees: [z, without(t ?? {}, 'seatUid')] });
    expect(snapshots).toHaveLength(2);
    expect(snapshots).toMatchObject([{}, { booking: { snapshot: { seats: null } } }]);
  });

  test('without attendees gives one snapshot', () => {
    expect(read({ ...SLOT, attendees: [], status: 'cancelled' })).toMatchObject([
      { booking: { wholeSlot: true, snapshot: { status: 'cancelled', seats: null } } },
    ]);
  });

  test('does not say which booking its seats come from', () => {
    const snapshots = read({ ...SLOT, rescheduledFromUid: 'before' });
    expect(snapshots).toMatchObject([
      { booking: { rescheduleUid: null } },
      { booking: { rescheduleUid: null } },
      { booking: { rescheduleUid: null } },
    ]);
  });
});

describe('what is left out', () => {
  test.each([
    ['has another host', { hosts: [{ username: 'inny-salon' }] }],
    ['has no host any more', { hosts: [{ username: 'unknown' }] }],
    ['has no list of hosts', { hosts: null }],
  ])('a booking that %s is foreign', (_whose, change) => {
    expect(read({ ...PLAIN, ...change })).toBe('foreign');
  });

  test('one of several hosts is enough, in upper or lower case', () => {
    const hosts = [{ username: 'kolega' }, { username: 'Psi-Styl' }];
    expect(read({ ...PLAIN, hosts })).toHaveLength(1);
  });

  test("a booking that a colleague took over stays the salon's, and has another host", () => {
    const hosts = [{ username: 'ola', name: 'Aleksandra Bielak' }];
    const taken = { ...PLAIN, hosts };
    const expected = [{
      booking: {
        organizerUsername: 'psi-styl',
        hostUsername: 'ola',
        hostName: 'Aleksandra Bielak',
      },
    }];
    expect(read(taken, ['booking-uid'])).toMatchObject(expected);
    expect(read({ ...taken, rescheduledFromUid: 'before' }, ['before'])).toMatchObject(expected);
    expect(read(taken, ['another'])).toBe('foreign');
  });

  test('a booking that we know, whose host has no account any more, keeps the host it had', () => {
    const gone = { ...PLAIN, hosts: [{ username: 'unknown', name: 'unknown' }] };
    expect(read(gone, ['booking-uid']))
      .toMatchObject([{ booking: { hostUsername: null, hostName: null } }]);
  });

  test('a booking that we know, whose host has no username, is hosted by a name', () => {
    const taken = { ...PLAIN, hosts: [{ username: 'unknown', name: 'Ola Nowa' }] };
    expect(read(taken, ['booking-uid']))
      .toMatchObject([{ booking: { hostUsername: null, hostName: 'Ola Nowa' } }]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a booking without a uid', without(PLAIN, 'uid')],
    ['a booking without a time', { ...PLAIN, start: 'soon' }],
    ['a booking that ends before it starts', { ...PLAIN, end: '2026-09-15T07:00:00.000Z' }],
    ['a booking of an unknown status', { ...PLAIN, status: 'maybe' }],
  ])('%s is unreadable', (_what, raw) => {
    expect(read(raw)).toBe('unreadable');
  });
});

test('a webhook with the trigger of a snapshot is ignored', () => {
  const body = { triggerEvent: 'BOOKING_SYNCED', createdAt: AS_OF, payload: PLAIN };
  expect(parseDelivery(JSON.stringify(body))).toMatchObject({ kind: 'ignored' });
});
