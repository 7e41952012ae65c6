import { describe, expect, test } from 'vitest';
import { bookingIn, created, flat, wrapped } from '../support/deliveries.ts';

const organizer = { username: 'psi-styl', email: 'salon@psi-styl.example' };

describe('a slot with seats', () => {
  const seats = { seatsPerTimeSlot: 4 };
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
    ['BOOKING_LOCATION_UPDATED', 'by anyone', {}, true],
    ['BOOKING_LOCATION_UPDATED', 'for one seat', { attendeeSeatId: 's' }, false],
    ['BOOKING_REASSIGNED', 'by anyone', {}, true],
    ['MEETING_ENDED', 'by the clock', {}, true],
  ])('is meant as a whole by %s %s: %s', (trigger, _how, members, wholeSlot) => {
    expect(bookingIn(wrapped(trigger, { ...seats, organizer, ...members })).wholeSlot)
      .toBe(wholeSlot);
  });

  test('is not assumed for an ordinary booking with guests', () => {
    expect(bookingIn(wrapped('BOOKING_CANCELLED', { attendees: two })).wholeSlot).toBe(false);
  });

  test.each(['BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED'])(
    'is not assumed for an ordinary booking in %s',
    (trigger) => expect(bookingIn(wrapped(trigger)).wholeSlot).toBe(false),
  );

  test('ends for all seats even if the flat payload does not mention them', () => {
    expect(bookingIn(flat())).toMatchObject({ seated: false, wholeSlot: true });
  });
});

describe('the seat of a cancellation', () => {
  const booker = (seat: string) => ({
    email: `${seat}@poczta.example`,
    bookingSeat: { referenceUid: seat },
  });
  const cancelled = (members: Record<string, unknown>) =>
    bookingIn(wrapped('BOOKING_CANCELLED', { organizer, ...members }));

  test('is that of the only booker who is listed', () => {
    expect(cancelled({ attendees: [booker('s-1')] }))
      .toMatchObject({ seated: true, seatId: 's-1', wholeSlot: false });
  });

  test('is the one that the event itself names, if it does', () => {
    expect(cancelled({ attendees: [booker('s-1')], attendeeSeatId: 's-2' }).seatId).toBe('s-2');
  });

  test('is none when the host cancels a slot with several bookers', () => {
    expect(cancelled({ attendees: [booker('s-1'), booker('s-2')] }))
      .toMatchObject({ seated: true, seatId: null, wholeSlot: true });
  });

  test('is none when the host cancels a slot with one booker', () => {
    expect(cancelled({ attendees: [booker('s-1')], cancelledBy: organizer.email }))
      .toMatchObject({ seated: true, seatId: null, wholeSlot: true });
  });

  test.each([null, {}, { referenceUid: null }, { referenceUid: '' }, 's-1', []])(
    'is unknown if the booker has the seat %j',
    (bookingSeat) => {
      expect(cancelled({ attendees: [{ email: 'a@poczta.example', bookingSeat }] }))
        .toMatchObject({ seated: false, seatId: null, wholeSlot: false });
    },
  );

  test('is not read from other events, which name the seat themselves', () => {
    expect(created({ attendees: [booker('s-1')] })).toMatchObject({ seated: true, seatId: null });
  });
});
