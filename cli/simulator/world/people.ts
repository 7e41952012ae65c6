import { utcOffsetMinutes } from '../../../shared/time/wall-time.ts';
import type { Booking } from './booking.ts';
import type { Booker } from './salons.ts';

/** The address of a booker; Cal.com makes one from the number of a booker without any. */
export function emailOf({ email, phone }: Booker): string {
  return email ?? `${phone.replace('+', '')}@sms.cal.com`;
}

/** A booker's whole name. */
export function nameOf({ firstName, lastName }: Booker): string {
  return `${firstName} ${lastName}`;
}

/** The salon as `organizer`. */
export function organizer(booking: Booking) {
  const { host, username } = booking.salon;
  return { ...host, username, timeFormat: 'HH:mm', ...placeAndTongue(booking) };
}

/** The booker as an entry of `attendees`. */
export function attendee(booking: Booking) {
  const { booker } = booking;
  return {
    email: emailOf(booker),
    name: nameOf(booker),
    phoneNumber: booker.phone,
    ...placeAndTongue(booking),
  };
}

/** The booker as the database of Cal.com has them. */
export function attendeeRow({ booker, id, salon }: Booking) {
  return {
    id,
    email: emailOf(booker),
    name: nameOf(booker),
    timeZone: salon.timeZone,
    phoneNumber: booker.phone,
    locale: salon.locale,
    bookingId: id,
    noShow: false,
  };
}

function placeAndTongue({ salon, start }: Booking) {
  return {
    timeZone: salon.timeZone,
    language: { locale: salon.locale },
    utcOffset: utcOffsetMinutes(start, salon.timeZone),
  };
}
