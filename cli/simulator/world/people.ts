import { utcOffsetMinutes } from '../../../shared/time/wall-time.ts';
import type { Booking } from './booking.ts';
import type { Booker } from './salons.ts';

/** The e-mail address of a booker; Cal.com makes one from the phone number if there is none. */
export function emailOf({ email, phone }: Booker): string {
  return email ?? `${phone.replace('+', '')}@sms.cal.com`;
}

/** A booker's full name. */
export function nameOf({ firstName, lastName }: Booker): string {
  return `${firstName} ${lastName}`;
}

/** The host as `organizer`. */
export function organizer(booking: Booking) {
  return { ...booking.host, timeFormat: 'HH:mm', ...localeMembers(booking) };
}

/** The booker as an entry of `attendees`. */
export function attendee(booking: Booking) {
  const { booker } = booking;
  return {
    email: emailOf(booker),
    name: nameOf(booker),
    phoneNumber: booker.phone,
    ...localeMembers(booking),
  };
}

/** The booker as Cal.com's database stores them. */
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

function localeMembers({ salon, start }: Booking) {
  return {
    timeZone: salon.timeZone,
    language: { locale: salon.locale },
    utcOffset: utcOffsetMinutes(start, salon.timeZone),
  };
}
