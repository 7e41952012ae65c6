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

  test('is not taken from a reschedule', () => {
    const text = wrapped('BOOKING_RESCHEDULED', { cancellationReason: '$RCH$ later' });
    expect(bookingIn(text).cancellationReason).toBeNull();
  });
});

describe('a slot with seats', () => {
  const seats = { seatsPerTimeSlot: 4 };
  const organizer = { username: 'psi-styl', email: 'salon@psi-styl.example' };
  const two = [{ email: 'a@poczta.example' }, { email: 'b@poczta.example' }];

  test('is recognised by the number of its seats or by a seat', () => {
    expect(created(seats)).toMatchObject({ seated: true, seatId: null });
    expect(created({ attendeeSeatId: 's-1' })).toMatchObject({ seated: true, seatId: 's-1' });
    expect(created({ seatsPerTimeSlot: 0, attendeeSeatId: '' })).toMatchObject({ seated: false });
  });

  test('an overlong seat id or username is cut to what the database can index', () => {
    const text = 'x'.repeat(20_000);
    const booking = created({ attendeeSeatId: text, organizer: { username: text } });
    expect(booking.seatId).toHaveLength(255);
    expect(booking.organizerUsername).toHaveLength(255);
  });

  test.each([
    ['BOOKING_CREATED', 'by anyone', {}, false],
    ['BOOKING_RESCHEDULED', 'in place', { rescheduleUid: 'abc123' }, true],
    ['BOOKING_RESCHEDULED', 'by the host', { rescheduledBy: organizer.email }, true],
    ['BOOKING_RESCHEDULED', 'by a booker', { rescheduledBy: 'a@poczta.example' }, false],
    ['BOOKING_RESCHEDULED', 'of one seat', { rescheduleUid: 'abc123', attendeeSeatId: 's' }, false],
    ['BOOKING_CANCELLED', 'of all attendees', { attendees: two }, true],
    ['BOOKING_CANCELLED', 'by the host', { cancelledBy: organizer.email }, true],
    ['BOOKING_CANCELLED', 'by a booker', { cancelledBy: 'a@poczta.example' }, false],
    ['BOOKING_REJECTED', 'of all attendees', { attendees: two }, true],
    ['MEETING_ENDED', 'by the clock', {}, true],
  ])('is meant as a whole by %s %s: %s', (trigger, _how, members, wholeSlot) => {
    expect(bookingIn(wrapped(trigger, { ...seats, organizer, ...members })).wholeSlot)
      .toBe(wholeSlot);
  });

  test('is not assumed for an ordinary booking with guests', () => {
    expect(bookingIn(wrapped('BOOKING_CANCELLED', { attendees: two })).wholeSlot).toBe(false);
  });

  test('ends for all seats even if the flat payload does not mention them', () => {
    expect(bookingIn(flat())).toMatchObject({ seated: false, wholeSlot: true });
  });
});

describe('a series', () => {
  test.each([
    [{ recurringEvent: { freq: 2, count: 3 } }, true],
    [{ recurringEventId: 'series-1' }, true],
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
