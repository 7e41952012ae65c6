import { describe, expect, test } from 'vitest';
import { bookingIn, created, flat, wrapped } from '../support/deliveries.ts';

const CLIENT_ID = '1dd868f8-f38b-4c14-b997-c78ae8549f74';
const PET_ID = 'd60cb3e2-c75c-4252-830b-56851bfdfffb';

describe('the client and pet of the metadata', () => {
  test.each([
    ['barkbook', { barkbookClientId: CLIENT_ID, barkbookPetId: PET_ID }],
    ['its older name', { groomioClientId: CLIENT_ID, groomioPetId: PET_ID }],
    ['upper case', { barkbookClientId: CLIENT_ID.toUpperCase(), barkbookPetId: PET_ID }],
  ])('are read under %s', (_name, metadata) => {
    expect(created({ metadata })).toMatchObject({ clientId: CLIENT_ID, petId: PET_ID });
  });

  test.each([
    ['a text', JSON.stringify({ barkbookClientId: CLIENT_ID })],
    ['a list', [{ barkbookClientId: CLIENT_ID }]],
    ['empty', {}],
    ['null', null],
    ['not about ids', { barkbookClientId: 'client-uuid', barkbookPetId: 7 }],
  ])('are unknown when the metadata is %s', (_form, metadata) => {
    expect(created({ metadata })).toMatchObject({ clientId: null, petId: null });
  });

  test('are not inherited from __proto__', () => {
    const metadata = JSON.parse(`{"__proto__":{"barkbookClientId":"${CLIENT_ID}"}}`);
    expect(created({ metadata }).clientId).toBeNull();
  });

  test('are unknown in BOOKING_PAID, whose metadata is that of the payment', () => {
    const text = wrapped('BOOKING_PAID', { metadata: { barkbookClientId: CLIENT_ID } });
    expect(bookingIn(text).clientId).toBeNull();
  });
});

describe('texts', () => {
  test('are cut to their limits between characters', () => {
    const booking = created({
      title: '🐩'.repeat(600),
      additionalNotes: 'n'.repeat(6000),
      location: 'l'.repeat(600),
    });
    expect(booking.title).toBe('🐩'.repeat(500));
    expect(booking.description).toHaveLength(5000);
    expect(booking.location).toHaveLength(500);
  });

  test('of every member are short in a booking whose every text is long', () => {
    const long = 'x'.repeat(20_000);
    const person = { name: long, email: `${long}@poczta.example`, phoneNumber: '6'.repeat(20_000) };
    const booking = created({
      title: long,
      description: long,
      additionalNotes: long,
      location: `https://evil.example/${long}`,
      organizer: { ...person, username: long },
      attendees: Array.from({ length: 5 }, () => person),
      responses: { name: long, notes: long, phone: long },
      metadata: { videoCallUrl: `https://evil.example/${long}`, note: long },
      iCalUID: long,
      rescheduleUid: long,
    });
    expect(JSON.stringify(booking).length).toBeLessThan(10_000);
    expect(booking).toMatchObject({ title: 'x'.repeat(500), meetingUrl: null });
  });

  test('that are blank count as missing', () => {
    expect(created({ title: ' ', location: '', description: '' }))
      .toMatchObject({ title: null, location: null, description: null });
  });

  test("prefer the booker's notes as the description", () => {
    const description = 'Kąpiel, strzyżenie';
    expect(created({ description, additionalNotes: 'Boi się' }).description).toBe('Boi się');
    expect(created({ description, additionalNotes: '' }).description).toBe(description);
  });

  test('of the location are never the raw answer of the form', () => {
    const responses = { location: { label: 'location', value: { value: 'inPerson' } } };
    expect(created({ responses }).location).toBeNull();
    expect(created({ location: { value: 'inPerson' } }).location).toBeNull();
  });
});

describe('the link to an online appointment', () => {
  const videoCallUrl = 'https://app.cal.com/video/abc123';

  test('is that of the metadata', () => {
    const metadata = { videoCallUrl };
    expect(created({ metadata, location: 'https://other.example' }).meetingUrl).toBe(videoCallUrl);
  });

  test('is the location if that is a link', () => {
    expect(created({ location: videoCallUrl }).meetingUrl).toBe(videoCallUrl);
  });

  test.each(['', 'integrations:daily', 'javascript:alert(1)', 'ul. Krótka 1'])(
    'is not %j',
    (location) => {
      expect(created({ location, metadata: { videoCallUrl: location } }).meetingUrl).toBeNull();
    },
  );
});

describe('the link after a change of place', () => {
  const old = 'https://app.cal.com/video/old';
  const moved = (location: string) =>
    bookingIn(wrapped('BOOKING_LOCATION_UPDATED', { location, metadata: { videoCallUrl: old } }))
      .meetingUrl;

  test('is that of the new place, whatever the metadata still say', () => {
    expect(moved('https://meet.example/new')).toBe('https://meet.example/new');
    expect(moved('ul. Krótka 1')).toBeNull();
  });

  test('is that of the metadata if the new place is a video app', () => {
    expect(moved('integrations:daily')).toBe(old);
  });
});

describe('the reason of a cancellation', () => {
  test.each([
    ['as given', { cancellationReason: 'Choroba' }, 'Choroba'],
    ['of a rejection', { cancellationReason: '', rejectionReason: 'Urlop' }, 'Urlop'],
    [
      'without the word for a missing note',
      { cancellationReason: 'Please reschedule. undefined' },
      'Please reschedule.',
    ],
    ['which is only a missing note', { cancellationReason: 'null' }, null],
    ['which is absent', {}, null],
  ])('is read %s', (_form, members, reason) => {
    expect(bookingIn(wrapped('BOOKING_CANCELLED', members)).cancellationReason).toBe(reason);
  });

  test.each([
    ['from its own member', { rejectionReason: 'Urlop' }, 'Urlop'],
    ['from the other one', { cancellationReason: 'Choroba' }, 'Choroba'],
    ['from the first of both', { cancellationReason: 'A', rejectionReason: 'B' }, 'A'],
  ])('is read of a rejection %s', (_which, members, reason) => {
    expect(bookingIn(wrapped('BOOKING_REJECTED', members)).cancellationReason).toBe(reason);
  });

  test('is not taken from a reschedule', () => {
    const text = wrapped('BOOKING_RESCHEDULED', { cancellationReason: '$RCH$ later' });
    expect(bookingIn(text).cancellationReason).toBeNull();
  });
});

describe('the host', () => {
  const organizer = { username: 'psi-styl', name: 'Katarzyna Wrona' };

  test('is the organizer of an event', () => {
    expect(created({ organizer })).toMatchObject({
      organizerUsername: 'psi-styl',
      hostUsername: 'psi-styl',
      hostName: 'Katarzyna Wrona',
    });
  });

  test('is the user of a flat event', () => {
    expect(bookingIn(flat({ user: organizer })))
      .toMatchObject({ hostUsername: 'psi-styl', hostName: 'Katarzyna Wrona' });
  });

  test('is the new one after a reassignment', () => {
    const text = wrapped('BOOKING_REASSIGNED', {
      organizer: { username: 'ola', name: 'Ola Wrona' },
      addedHostUserIds: [2],
      removedHostUserIds: [1],
    });
    expect(bookingIn(text)).toMatchObject({ hostUsername: 'ola', hostName: 'Ola Wrona' });
  });

  test('is unknown in an event that names nobody', () => {
    const text = wrapped('BOOKING_NO_SHOW_UPDATED', { bookingUid: 'abc123', organizer: undefined });
    expect(bookingIn(text)).toMatchObject({ hostUsername: null, hostName: null });
  });

  test('has a name that is cut to what the database keeps', () => {
    const name = 'ó'.repeat(300);
    expect(created({ organizer: { name } }).hostName).toBe('ó'.repeat(255));
  });
});

describe('a series', () => {
  test.each([
    [{ recurringEvent: { freq: 2, count: 3 } }, true],
    [{ recurringEventId: 'series-1' }, true],
    [{ recurrenceTimeZone: 'Europe/Warsaw' }, true],
    [{ recurrenceTimeZone: null }, false],
    [{ recurringEvent: {} }, false],
    [{ recurringEvent: null, recurringEventId: null }, false],
  ])('is recognised by %j: %s', (members, recurring) => {
    expect(created(members).recurring).toBe(recurring);
  });
});

describe('a payment', () => {
  test.each([
    ['BOOKING_PAID', 'PENDING', true],
    ['BOOKING_PAID', 'ACCEPTED', false],
    ['BOOKING_REQUESTED', 'PENDING', false],
  ])('awaits confirmation in %s with status %s: %s', (trigger, status, awaiting) => {
    expect(bookingIn(wrapped(trigger, { status })).awaitingConfirmation).toBe(awaiting);
  });
});

describe('identifiers', () => {
  test.each(['abc123#x@Cal.com', 'abc123#@Cal.com', 'a@b#c'])(
    'of the calendar entry are unknown if they could be read as another booking: %s',
    (iCalUID) => expect(created({ iCalUID }).icalUid).toBeNull(),
  );

  test('of other attendees do not matter', () => {
    const attendees = [{ bookingSeat: { referenceUid: '#' } }];
    expect(created({ attendees, attendeeSeatId: 's-1' }).seatId).toBe('s-1');
  });

  test('of the booking that is replaced and of the calendar entry are kept', () => {
    expect(created({ rescheduleUid: 'old', iCalUID: 'abc123@Cal.com' }))
      .toMatchObject({ rescheduleUid: 'old', icalUid: 'abc123@Cal.com' });
  });

  test('that are empty count as missing', () => {
    expect(created({ rescheduleUid: '', iCalUID: '', organizer: { username: ' ' } }))
      .toMatchObject({ rescheduleUid: null, icalUid: null, organizerUsername: null });
  });
});

test.each(['title', 'organizer', 'attendees', 'responses', 'metadata', 'length', 'status'])(
  'a %s of another type is left out and the booking kept',
  (member) => {
    for (const value of [7, 'text', true, [], [7], {}, null]) {
      expect(created({ [member]: value }).uid).toBe('abc123');
    }
  },
);
