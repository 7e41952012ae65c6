import { describe, expect, test } from 'vitest';
import { bookingIn, wrapped } from '../support/deliveries.ts';

const organizer = { name: 'Ewa', email: 'salon@psi-styl.example', username: 'psi-styl' };
const attendees = [{ email: 'anna@poczta.example' }, { email: 'gosc@poczta.example' }];

const isBySalon = (trigger: string, members: object) =>
  'cancelledBySalon' in bookingIn(wrapped(trigger, { organizer, attendees, ...members }));

describe('a booking is cancelled by', () => {
  test.each<[string, string, object, boolean]>([
    ['the salon', 'the host', { cancelledBy: organizer.email }, true],
    ['the salon', 'a colleague', { cancelledBy: 'kolega@psi-styl.example' }, true],
    ['the client', 'the booker', { cancelledBy: 'Anna@Poczta.example' }, false],
    ['the client', 'a guest', { cancelledBy: 'gosc@poczta.example' }, false],
    ['nobody known', 'a person whom Cal.com does not name', {}, false],
    ['nobody known', 'an empty name', { cancelledBy: '' }, false],
  ])('%s if it was %s', (_by, _who, members, bySalon) => {
    expect(isBySalon('BOOKING_CANCELLED', members)).toBe(bySalon);
  });

  test('the salon if it was declined', () => {
    expect(isBySalon('BOOKING_REJECTED', {})).toBe(true);
  });

  test('the salon if it was a whole slot', () => {
    const seated = attendees.map((person) => ({ ...person, bookingSeat: { referenceUid: 's' } }));
    expect(isBySalon('BOOKING_CANCELLED', { seatsPerTimeSlot: 4, attendees: seated })).toBe(true);
  });

  test('nobody if it was moved', () => {
    expect(isBySalon('BOOKING_RESCHEDULED', { cancelledBy: organizer.email })).toBe(false);
  });
});
