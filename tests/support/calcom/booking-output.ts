import { titleOf } from '../../../cli/simulator/deliveries/payloads/common.ts';
import type { Booking } from '../../../cli/simulator/world/booking.ts';
import { emailOf, nameOf } from '../../../cli/simulator/world/people.ts';
import type { Booker } from '../../../cli/simulator/world/salons.ts';
import type { Seat, StoredBooking } from './account.ts';

/**
 * A booking as `GET /v2/bookings` returns it in both versions. Series and slots differ in their
 * members for reschedules and phones (calcom/cal.com apps/api/v2 output.service.ts). Where live
 * answers break the published schema, as with `eventType: null`, this follows the answers.
 */
export function bookingOutput(stored: StoredBooking): Record<string, unknown> {
  const { booking, seats, seriesId } = stored;
  if (seats !== null) {
    return { ...common(stored), attendees: seats.map((seat) => seatOutput(booking, seat)) };
  }
  const { booker } = booking;
  const attendee = { ...person(booking, booker), absent: stored.absent };
  const answers = { ...formAnswers(booking), email: emailOf(booker) };
  return seriesId === null
    ? {
      ...common(stored),
      attendees: [{ ...attendee, phoneNumber: booker.phone }],
      guests: [],
      bookingFieldsResponses: answers,
      metadata: stored.metadata ?? metadataOf(booker),
      ...(stored.rescheduledTo === null ? {} : { rescheduledToUid: stored.rescheduledTo }),
    }
    : {
      ...common(stored),
      attendees: [attendee],
      guests: [],
      bookingFieldsResponses: answers,
      metadata: metadataOf(booker),
      recurringBookingUid: seriesId,
    };
}

function common(stored: StoredBooking): Record<string, unknown> {
  const { booking, createdAt, updatedAt, fromReschedule, cancellationReason, status } = stored;
  const { salon, service, host, location } = booking;
  return {
    id: booking.id,
    uid: booking.uid,
    title: titleOf(booking),
    description: null,
    hosts: [{ ...host, displayEmail: host.email, timeZone: salon.timeZone }],
    status,
    ...(status === 'cancelled' ? { cancellationReason } : {}),
    ...(fromReschedule === null ? {} : { rescheduledFromUid: fromReschedule }),
    start: booking.start.toISOString(),
    end: booking.end.toISOString(),
    duration: service.minutes,
    eventType: null,
    eventTypeId: null,
    location,
    meetingUrl: location,
    absentHost: false,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt ?? createdAt).toISOString(),
    rating: null,
    icsUid: booking.icalUid,
  };
}

function seatOutput(
  booking: Booking,
  { seatId, booker, absent, metadata }: Seat,
): Record<string, unknown> {
  return {
    ...person(booking, booker),
    absent,
    seatUid: seatId,
    bookingFieldsResponses: formAnswers({ ...booking, booker }),
    metadata: metadata ?? metadataOf(booker),
  };
}

function person({ salon }: Booking, booker: Booker) {
  return {
    name: nameOf(booker),
    email: emailOf(booker),
    displayEmail: emailOf(booker),
    timeZone: salon.timeZone,
    language: salon.locale,
  };
}

/** Answers without the labels that webhooks send. */
function formAnswers({ booker, salon }: Booking): Record<string, unknown> {
  return {
    name: nameOf(booker),
    attendeePhoneNumber: booker.phone,
    location: { value: 'inPerson', optionValue: '' },
    guests: [],
    'imie-psa': booker.dog,
    'adres': salon.address,
  };
}

function metadataOf({ link }: Booker): Record<string, string> {
  return link === null ? {} : { barkbookClientId: link.clientId, barkbookPetId: link.petId };
}
