import fc from 'fast-check';
import type { BookingTrigger, CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { booking } from './deliveries.ts';

const EMAIL = 'zofia@poczta.example';
const BOOKED_MS = Date.parse('2026-08-01T10:00:00.000Z');
const HOUR_MS = 3_600_000;

/** A time this many hours after the booking was made, by Cal.com's clock. */
const hour = (hours: number) => new Date(BOOKED_MS + hours * HOUR_MS).toISOString();
const timesOn = (day: number) => ({
  startTime: `2026-09-${String(day).padStart(2, '0')}T08:00:00.000Z`,
  endTime: `2026-09-${String(day).padStart(2, '0')}T09:00:00.000Z`,
});
const optional = (value: string) => fc.constantFrom(value, null);

/** Optional contents of any delivery. */
const details = fc.record({
  description: fc.constantFrom('notatka', 'inna notatka', null),
  location: optional('Kraków'),
  attendeePhone: fc.constantFrom('+48501220314', '600 700 800', null),
  attendeeEmail: optional(EMAIL),
  organizerUsername: fc.constant('psi-styl'),
});

const beginnings: BookingTrigger[][] = [
  ['BOOKING_CREATED'],
  ['BOOKING_REQUESTED', 'BOOKING_CREATED'],
  ['BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID'],
];
const endings: BookingTrigger[][] = [
  [],
  ['BOOKING_CANCELLED'],
  ['MEETING_ENDED'],
  ['MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'],
  ['BOOKING_CANCELLED', 'MEETING_ENDED'],
];

/**
 * The deliveries about a booking with one attendee, in the order of events: created in one of
 * Cal.com's ways, rescheduled up to three times (also after a cancellation by the host or after its
 * end, or as a request), then perhaps ended or cancelled.
 */
export const plainHistory: fc.Arbitrary<CalendarBooking[]> = fc
  .record({
    beginning: fc.constantFrom(...beginnings),
    moves: fc.array(
      fc.record({
        by: fc.constantFrom<BookingTrigger>('BOOKING_RESCHEDULED', 'BOOKING_REQUESTED'),
        after: fc.constantFrom<BookingTrigger | null>(null, 'BOOKING_CANCELLED', 'MEETING_ENDED'),
        confirmed: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    ending: fc.constantFrom(...endings),
    details: fc.array(details, { minLength: 20, maxLength: 20 }),
  })
  .map(({ beginning, moves, ending, details }) => {
    const history: CalendarBooking[] = [];
    const add = (overrides: Partial<CalendarBooking>) =>
      history.push(
        booking({ ...details[history.length], occurredAt: hour(history.length), ...overrides }),
      );
    for (const trigger of beginning) add({ trigger, ...timesOn(1) });
    let uid = booking().uid;
    for (const [index, move] of moves.entries()) {
      const times = timesOn(index + 2);
      const next = `uid-${index + 1}`;
      if (move.after !== null) add({ trigger: move.after, uid, ...timesOn(index + 1) });
      add({ trigger: move.by, uid: next, rescheduleUid: uid, ...times });
      if (move.by === 'BOOKING_REQUESTED' && move.confirmed) {
        add({ trigger: 'BOOKING_CREATED', uid: next, ...times });
      }
      uid = next;
    }
    for (const trigger of ending) {
      add({ trigger, uid, ...timesOn(moves.length + 1), attendees: noShowOf(EMAIL) });
    }
    return history;
  });

const noShowOf = (email: string) => [{ email, phone: null, noShow: true }];

/**
 * The deliveries about a slot with two or three seats, in the order of events: booked, perhaps one
 * seat cancelled, one moved to another slot and perhaps back, the slot moved by the host, then
 * cancelled or ended.
 */
export const slotHistory: fc.Arbitrary<CalendarBooking[]> = fc
  .record({
    people: fc.constantFrom(2, 3),
    cancelledSeat: fc.option(fc.constantFrom(0, 1)),
    moves: fc.option(
      fc.record({
        seat: fc.constantFrom(0, 1),
        keepsSeatId: fc.boolean(),
        returns: fc.boolean(),
      }),
    ),
    hostMoves: fc.boolean(),
    end: fc.constantFrom<BookingTrigger | null>('BOOKING_CANCELLED', 'MEETING_ENDED', null),
    names: optional('imię psa'),
  })
  .map(({ people, cancelledSeat, moves, hostMoves, end, names }) => {
    const history: CalendarBooking[] = [];
    const add = (overrides: Partial<CalendarBooking>) =>
      history.push(
        booking({ uid: 'slot', seated: true, occurredAt: hour(history.length), ...overrides }),
      );
    const person = (index: number) => {
      const email = `osoba${index}@poczta.example`;
      return { attendeeEmail: email, attendees: [{ email, phone: null, noShow: null }] };
    };
    for (let index = 0; index < people; index++) {
      add({ seatId: `seat-${index}`, description: names, ...person(index) });
    }
    if (cancelledSeat !== null) add({ trigger: 'BOOKING_CANCELLED', ...person(cancelledSeat) });
    if (moves !== null && moves.seat !== cancelledSeat) {
      const seatId = moves.keepsSeatId ? `seat-${moves.seat}` : 'seat-new';
      add({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'other',
        rescheduleUid: 'slot',
        seatId,
        ...person(moves.seat),
        ...timesOn(9),
      });
      if (moves.returns) {
        add({
          trigger: 'BOOKING_RESCHEDULED',
          rescheduleUid: 'other',
          seatId,
          ...person(moves.seat),
          ...timesOn(15),
        });
      }
    }
    if (hostMoves) {
      add({
        trigger: 'BOOKING_RESCHEDULED',
        rescheduleUid: 'slot',
        wholeSlot: true,
        ...timesOn(20),
      });
    }
    if (end !== null) add({ trigger: end, wholeSlot: true, ...timesOn(20) });
    return history;
  });
