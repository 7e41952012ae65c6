import { findBooker } from './booker.ts';
import { type BookingPayload, type Person, readAttendees } from './booking-payload.ts';
import { optionalTime, requiredTime } from './booking-time.ts';
import type { CalendarAttendee, CalendarBooking, DeliveryTrigger } from './calendar-booking.ts';
import { phoneInPlaceholder, readEmail, readPhone, sameEmail } from './contact.ts';
import { readHost } from './host.ts';
import { ambiguousIds, readId } from './ids.ts';
import { readLinkedIds, readMeetingUrl, readNewMeetingUrl } from './metadata.ts';
import { isRecurring } from './series.ts';
import { readSlotScope } from './slot.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

const MAX_TITLE_CHARACTERS = 500;
const MAX_NAME_CHARACTERS = 200;
const MAX_LOCATION_CHARACTERS = 500;
const MAX_DESCRIPTION_CHARACTERS = 5000;

/** Triggers that may lack a time, or only repeat that of an earlier event. */
const TRIGGERS_WITHOUT_TIME: ReadonlySet<DeliveryTrigger> = new Set([
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
  'BOOKING_NO_SHOW_UPDATED',
  'MEETING_ENDED',
]);

/** Triggers that a booking may cause before the salon has confirmed it. */
const CHANGES: ReadonlySet<DeliveryTrigger> = new Set([
  'BOOKING_PAID',
  'BOOKING_LOCATION_UPDATED',
  'BOOKING_REASSIGNED',
]);

/** A usable booking, or the members that are unusable. */
export type Normalised = { ok: true; booking: CalendarBooking } | { ok: false; fields: string[] };

/**
 * Turns Cal.com's description of a booking into ours.
 *
 * @param occurredAt When it happened, ISO UTC; null if the envelope does not say.
 */
export function normalise(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  occurredAt: string | null,
): Normalised {
  const uidField = trigger === 'BOOKING_NO_SHOW_UPDATED' ? 'bookingUid' : 'uid';
  const uid = readId(payload[uidField]);
  const time = TRIGGERS_WITHOUT_TIME.has(trigger) ? optionalTime(payload) : requiredTime(payload);
  const attendees = readAttendees(payload);
  const ambiguous = ambiguousIds(trigger, payload, attendees);
  if (uid === null || ambiguous.length > 0 || !time.ok) {
    const fields = [
      ...(uid === null ? [uidField] : []),
      ...ambiguous,
      ...(time.ok ? [] : time.fields),
    ];
    return { ok: false, fields };
  }

  const booker = findBooker(trigger, payload, attendees);
  const slotScope = readSlotScope(trigger, payload, attendees);
  return {
    ok: true,
    booking: {
      trigger,
      uid,
      rescheduleUid: readId(payload.rescheduleUid),
      ...slotScope,
      occurredAt,
      ...readHost(payload),
      ...readLinkedIds(trigger, payload.metadata),
      startTime: time.startTime,
      endTime: time.endTime,
      title: truncate(MAX_TITLE_CHARACTERS, payload.title),
      description: truncate(
        MAX_DESCRIPTION_CHARACTERS,
        nonEmpty(payload.additionalNotes) ?? payload.description,
      ),
      location: truncate(MAX_LOCATION_CHARACTERS, payload.location),
      meetingUrl: trigger === 'BOOKING_LOCATION_UPDATED'
        ? readNewMeetingUrl(payload.metadata, payload.location)
        : readMeetingUrl(payload.metadata, payload.location),
      attendeeName: truncate(MAX_NAME_CHARACTERS, booker.name),
      attendeeEmail: booker.email,
      attendeePhone: booker.phone,
      icalUid: readId(payload.iCalUID),
      cancellationReason: readReason(trigger, payload),
      ...(isCancelledBySalon(trigger, payload, attendees, slotScope.wholeSlot)
        ? { cancelledBySalon: true as const }
        : {}),
      awaitingConfirmation: CHANGES.has(trigger) && payload.status === 'PENDING',
      recurring: isRecurring(payload),
      attendees: attendees.map(toCalendarAttendee),
    },
  };
}

/** A reschedule has a `cancellationReason` too, but it does not cancel the appointment. */
function readReason(trigger: DeliveryTrigger, payload: BookingPayload): string | null {
  if (trigger !== 'BOOKING_CANCELLED' && trigger !== 'BOOKING_REJECTED') return null;
  const reason = withoutMissingNote(payload.cancellationReason) ??
    withoutMissingNote(payload.rejectionReason);
  return truncate(MAX_DESCRIPTION_CHARACTERS, reason);
}

/**
 * Only the host can decline a booking or cancel all seats of a slot. Of other cancellations Cal.com
 * names the person, unless it does not know who it was.
 */
function isCancelledBySalon(
  trigger: DeliveryTrigger,
  { cancelledBy }: BookingPayload,
  attendees: Person[],
  wholeSlot: boolean,
): boolean {
  if (trigger === 'BOOKING_REJECTED') return true;
  if (trigger !== 'BOOKING_CANCELLED') return false;
  const isNamed = nonEmpty(cancelledBy) !== null &&
    !attendees.some(({ email }) => sameEmail(cancelledBy, email));
  return wholeSlot || isNamed;
}

/** Cal.com writes a missing note into its text as a word: `Please reschedule. undefined`. */
function withoutMissingNote(reason: string | undefined): string | null {
  return nonEmpty(nonEmpty(reason)?.replace(/(^|\s)(undefined|null)$/, ''));
}

function toCalendarAttendee({ email, phoneNumber, noShow }: Person): CalendarAttendee {
  return {
    email: readEmail(email),
    phone: readPhone(phoneNumber) ?? phoneInPlaceholder(email),
    noShow: noShow ?? null,
  };
}
