import type { Booking } from '../../world/booking.ts';
import { customAnswers } from '../../world/form.ts';
import { nameOf, organizer } from '../../world/people.ts';

const MS_OF_SECOND = /\.000Z$/;

/** A time as the events of a new booking write it: `2026-09-15T08:00:00Z`. */
export function freshTime(time: Date): string {
  return time.toISOString().replace(MS_OF_SECOND, 'Z');
}

/** A time as a cancellation writes it, in the zone of Cal.com's server. */
export function serverTime(time: Date): string {
  return time.toISOString().replace(MS_OF_SECOND, '+00:00');
}

/** The title that the salon's calendar shows. */
export function titleOf({ service, booker, host }: Booking): string {
  return `${service.title}: ${nameOf(booker)} i ${host.name}`;
}

/** The metadata of BarkBook's link; an empty object without such a link. */
export function metadataOf({ booker: { link } }: Booking): Record<string, string> {
  if (link === null) return {};
  return { barkbookClientId: link.clientId, barkbookPetId: link.petId, source: 'barkbook' };
}

/** The members that every payload of a booking has. */
export function commonMembers(booking: Booking) {
  const { service, uid } = booking;
  return {
    uid,
    type: service.slug,
    title: titleOf(booking),
    description: service.description ?? '',
    customInputs: {},
    userFieldsResponses: customAnswers(booking),
    organizer: organizer(booking),
    location: booking.location,
  };
}

/** The members with which Cal.com describes the booked service. */
export function serviceMembers({ service, salon, id }: Booking) {
  return {
    bookerUrl: 'https://cal.com',
    eventTypeId: service.id,
    eventTitle: service.title,
    eventDescription: service.description,
    length: service.minutes,
    bookingId: id,
    additionalNotes: '',
    hideOrganizerEmail: false,
    customReplyToEmail: null,
    organizationId: null,
    // The mark of a series in every delivery; only some have its rule.
    ...(service.repeats === null ? {} : { recurrenceTimeZone: salon.timeZone }),
  };
}
