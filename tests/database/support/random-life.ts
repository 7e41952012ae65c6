import fc from 'fast-check';
import type { BookingTrigger, CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { booking } from './booking.ts';

const EMAIL = 'zofia@poczta.example';
const BIRTH_MS = Date.parse('2026-08-01T10:00:00.000Z');
const HOUR_MS = 3_600_000;

/** Hours after the birth of the booking, as Cal.com's clock. */
const hour = (hours: number) => new Date(BIRTH_MS + hours * HOUR_MS).toISOString();
const appointmentOn = (day: number) => ({
  startTime: `2026-09-${String(day).padStart(2, '0')}T08:00:00.000Z`,
  endTime: `2026-09-${String(day).padStart(2, '0')}T09:00:00.000Z`,
});
const optional = (value: string) => fc.constantFrom(value, null);

/** What any delivery may or may not say. */
const details = fc.record({
  description: fc.constantFrom('notatka', 'inna notatka', null),
  location: optional('Kraków'),
  attendeePhone: fc.constantFrom('+48501220314', '600 700 800', null),
  attendeeEmail: optional(EMAIL),
  organizerUsername: fc.constant('psi-styl'),
});

const births: BookingTrigger[][] = [
  ['BOOKING_CREATED'],
  ['BOOKING_REQUESTED', 'BOOKING_CREATED'],
  ['BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID'],
];
const deaths: BookingTrigger[][] = [
  [],
  ['BOOKING_CANCELLED'],
  ['MEETING_ENDED'],
  ['MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'],
  ['BOOKING_CANCELLED', 'MEETING_ENDED'],
];

/**
 * The life of a plain booking: born in one of the ways Cal.com knows, moved up to three times
 * (also after a host's cancellation, and by request), then over or not. In the order of events.
 */
export const plainLife: fc.Arbitrary<CalendarBooking[]> = fc
  .record({
    birth: fc.constantFrom(...births),
    moves: fc.array(
      fc.record({
        by: fc.constantFrom<BookingTrigger>('BOOKING_RESCHEDULED', 'BOOKING_REQUESTED'),
        afterCancel: fc.boolean(),
        confirmed: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    death: fc.constantFrom(...deaths),
    details: fc.array(details, { minLength: 20, maxLength: 20 }),
  })
  .map(({ birth, moves, death, details }) => {
    const told: CalendarBooking[] = [];
    const tell = (overrides: Partial<CalendarBooking>) =>
      told.push(
        booking({ ...details[told.length], occurredAt: hour(told.length), ...overrides }),
      );
    for (const trigger of birth) tell({ trigger, ...appointmentOn(1) });
    let uid = booking().uid;
    for (const [index, move] of moves.entries()) {
      const appointment = appointmentOn(index + 2);
      const next = `uid-${index + 1}`;
      if (move.afterCancel) tell({ trigger: 'BOOKING_CANCELLED', uid });
      tell({ trigger: move.by, uid: next, rescheduleUid: uid, ...appointment });
      if (move.by === 'BOOKING_REQUESTED' && move.confirmed) {
        tell({ trigger: 'BOOKING_CREATED', uid: next, ...appointment });
      }
      uid = next;
    }
    for (const trigger of death) {
      tell({ trigger, uid, ...appointmentOn(moves.length + 1), attendees: cameNot(EMAIL) });
    }
    return told;
  });

const cameNot = (email: string) => [{ email, phone: null, noShow: true }];

/**
 * The life of a slot with two or three seats: booked, some given up, one moved to another slot and
 * perhaps back, the rest moved in place by the host, then cancelled or held. In the order of events.
 */
export const seatedLife: fc.Arbitrary<CalendarBooking[]> = fc
  .record({
    people: fc.constantFrom(2, 3),
    leaves: fc.option(fc.constantFrom(0, 1)),
    moves: fc.option(
      fc.record({
        who: fc.constantFrom(0, 1),
        keepsSeatId: fc.boolean(),
        comesBack: fc.boolean(),
      }),
    ),
    hostMoves: fc.boolean(),
    end: fc.constantFrom<BookingTrigger | null>('BOOKING_CANCELLED', 'MEETING_ENDED', null),
    names: optional('imię psa'),
  })
  .map(({ people, leaves, moves, hostMoves, end, names }) => {
    const told: CalendarBooking[] = [];
    const tell = (overrides: Partial<CalendarBooking>) =>
      told.push(
        booking({ uid: 'slot', seated: true, occurredAt: hour(told.length), ...overrides }),
      );
    const person = (index: number) => {
      const email = `osoba${index}@poczta.example`;
      return { attendeeEmail: email, attendees: [{ email, phone: null, noShow: null }] };
    };
    for (let index = 0; index < people; index++) {
      tell({ seatId: `seat-${index}`, description: names, ...person(index) });
    }
    if (leaves !== null) tell({ trigger: 'BOOKING_CANCELLED', ...person(leaves) });
    if (moves !== null && moves.who !== leaves) {
      const seatId = moves.keepsSeatId ? `seat-${moves.who}` : 'seat-new';
      tell({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'other',
        rescheduleUid: 'slot',
        seatId,
        ...person(moves.who),
        ...appointmentOn(9),
      });
      if (moves.comesBack) {
        tell({
          trigger: 'BOOKING_RESCHEDULED',
          rescheduleUid: 'other',
          seatId,
          ...person(moves.who),
          ...appointmentOn(15),
        });
      }
    }
    if (hostMoves) {
      tell({
        trigger: 'BOOKING_RESCHEDULED',
        rescheduleUid: 'slot',
        wholeSlot: true,
        ...appointmentOn(20),
      });
    }
    if (end !== null) tell({ trigger: end, wholeSlot: true, ...appointmentOn(20) });
    return told;
  });
