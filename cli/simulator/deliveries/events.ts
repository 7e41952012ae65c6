import { wallTimeOf } from '../../../shared/time/wall-time.ts';
import { type Booking, randomId } from '../world/booking.ts';
import type { Host } from '../world/salons.ts';
import { emailOf, nameOf } from '../world/people.ts';
import { type Delivery, flat, wrapped } from './delivery.ts';
import {
  cancelledPayload,
  cancelledSeatPayload,
  requestReschedulePayload,
} from './payloads/cancelled.ts';
import { locationUpdatedPayload, reassignedPayload } from './payloads/changed.ts';
import { freshPayload } from './payloads/fresh.ts';
import { meetingPayload, meetingRow } from './payloads/meeting.ts';
import { settledPayload } from './payloads/settled.ts';

/** The booker books a time that needs no confirmation. */
export function created(booking: Booking, at: string): Delivery {
  const about = `${who(booking)} books ${when(booking)}`;
  return wrapped('BOOKING_CREATED', booking, about, at, freshPayload(booking, 'ACCEPTED'));
}

/** The booker requests a time, or a move to another time. */
export function requested(booking: Booking, at: string): Delivery {
  const about = `${who(booking)} requests ${when(booking)}`;
  return wrapped('BOOKING_REQUESTED', booking, about, at, freshPayload(booking, 'PENDING'));
}

/** The salon confirms. */
export function confirmed(booking: Booking, at: string): Delivery {
  const about = `the salon confirms ${when(booking)}`;
  return wrapped('BOOKING_CREATED', booking, about, at, settledPayload(booking, 'ACCEPTED'));
}

/** The salon declines. */
export function rejected(booking: Booking, at: string): Delivery {
  const rejectionReason = 'Tego dnia salon jest nieczynny.';
  const payload = { ...settledPayload(booking, 'REJECTED'), rejectionReason };
  return wrapped('BOOKING_REJECTED', booking, 'the salon declines', at, payload);
}

/** The booker moves to another time, through the link in the e-mail. */
export function rescheduled(booking: Booking, at: string): Delivery {
  const about = `${who(booking)} moves to ${when(booking)}, under a new uid`;
  return wrapped('BOOKING_RESCHEDULED', booking, about, at, freshPayload(booking, 'ACCEPTED'));
}

/** The booker cancels, in a series with all occurrences that follow. */
export function cancelled(booking: Booking, at: string): Delivery {
  const all = booking.service.repeats === null ? '' : ' this and the following';
  const payload = cancelledPayload(booking, 'Przeprowadzka do innego miasta.');
  return wrapped('BOOKING_CANCELLED', booking, `${who(booking)} cancels${all}`, at, payload);
}

/** One booker cancels a seat. */
export function seatCancelled(slot: Booking, seat: Booking, at: string): Delivery {
  const payload = cancelledSeatPayload(slot, seat, 'Wyjazd służbowy.');
  return wrapped('BOOKING_CANCELLED', slot, `${who(seat)} cancels the seat`, at, payload);
}

/** The host asks the booker to find another time. */
export function rescheduleRequested(booking: Booking, at: string): Delivery {
  const about = `the host asks ${who(booking)} for another time`;
  return wrapped('BOOKING_CANCELLED', booking, about, at, requestReschedulePayload(booking));
}

/** The salon changes the place or the link; the booking has the new one. */
export function locationUpdated(booking: Booking, previous: string, at: string): Delivery {
  const about = `the place is now ${booking.location}`;
  const payload = locationUpdatedPayload(booking, previous);
  return wrapped('BOOKING_LOCATION_UPDATED', booking, about, at, payload);
}

/** Another host of the team takes the booking over; the booking has the new one. */
export function reassigned(booking: Booking, previous: Host, at: string): Delivery {
  const about = `${booking.host.name} takes over`;
  return wrapped('BOOKING_REASSIGNED', booking, about, at, reassignedPayload(booking, previous));
}

/** The booker is sent to the payment page. */
export function paymentInitiated(booking: Booking, at: string): Delivery {
  const about = `${who(booking)} is about to pay for ${when(booking)}`;
  const payload = { ...freshPayload(booking, 'ACCEPTED'), paymentId: randomId() };
  return wrapped('BOOKING_PAYMENT_INITIATED', booking, about, at, payload);
}

/** The payment has arrived; its metadata replaces the booking's. */
export function paid(booking: Booking, at: string): Delivery {
  const metadata = {
    identifier: 'cal.com',
    bookingId: booking.id,
    eventTypeId: booking.service.id,
    bookerEmail: emailOf(booking.booker),
    eventTitle: booking.service.title,
    externalId: `pi_${booking.uid}`,
  };
  const payload = { ...settledPayload(booking, 'ACCEPTED'), metadata, paymentId: randomId() };
  return wrapped('BOOKING_PAID', booking, `${who(booking)} has paid`, at, payload);
}

/** The planned end has passed, in the form of hosted Cal.com; `madeAt`: when it was booked. */
export function endedFlat(booking: Booking, madeAt: string): Delivery {
  const row = meetingRow(booking, madeAt);
  return flat('MEETING_ENDED', booking, 'the planned end has passed', row);
}

/** The planned start or end has passed, in the form of Cal.com's code of 2026. */
export function passed(
  trigger: 'MEETING_STARTED' | 'MEETING_ENDED',
  booking: Booking,
  madeAt: string,
  at: string,
): Delivery {
  const point = trigger === 'MEETING_ENDED' ? 'end' : 'start';
  const about = `the planned ${point} has passed`;
  return wrapped(trigger, booking, about, at, meetingPayload(booking, madeAt));
}

/** The salon marks a no-show, or removes the mark. */
export function noShowUpdated(booking: Booking, noShow: boolean, at: string): Delivery {
  const email = emailOf(booking.booker);
  const payload = {
    message: `${email} ${noShow ? 'marked as' : 'unmarked as'} no-show`,
    attendees: [{ email, noShow }],
    bookingUid: booking.uid,
    bookingId: booking.id,
  };
  const about = `${who(booking)} ${noShow ? 'did not come' : 'did come after all'}`;
  return wrapped('BOOKING_NO_SHOW_UPDATED', booking, about, at, payload);
}

function who({ booker }: Booking): string {
  return nameOf(booker);
}

function when({ start, salon }: Booking): string {
  return wallTimeOf(start, salon.timeZone);
}
