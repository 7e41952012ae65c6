import { type ApiAttendee, type ApiBooking, isSeated, readApiBooking } from './api-booking.ts';
import {
  type BookingPayload,
  readBookingPayload,
} from '../../../../shared/calcom/booking-payload.ts';
import {
  type CalendarBooking,
  type Snapshot,
  SNAPSHOT_TRIGGER,
} from '../../../../shared/calcom/calendar-booking.ts';
import { hostOf, isHostedBy } from './booking-host.ts';
import { uidsOf } from './booking-uids.ts';
import { readInstant, toInstant } from '../../../../shared/time/instant.ts';
import { readId } from '../../../../shared/calcom/ids.ts';
import { normalise } from '../../../../shared/calcom/normalise.ts';
import { isRecord, ownMember, type UnknownRecord } from '../../../../shared/json/records.ts';
import { type Json, toStorableJson } from '../../../../shared/json/storable-json.ts';
import { truncate } from '../../../../shared/text/truncate.ts';

/** A delivery for `sync_bookings`; `payload` is Cal.com's answer in storable form. */
export type SnapshotDelivery = { booking: CalendarBooking; payload: Json };

/** The snapshots of a booking, or why it has none. `foreign`: it is not one of the salon's. */
export type ReadSnapshot =
  | { ok: true; snapshots: SnapshotDelivery[] }
  | { ok: false; code: 'foreign' | 'unreadable' };

/** The statuses of the API; a booking that still needs a host counts as pending. */
const STATUSES: Readonly<Record<string, Snapshot['status']>> = {
  accepted: 'accepted',
  pending: 'pending',
  awaiting_host: 'pending',
  cancelled: 'cancelled',
  rejected: 'rejected',
};

const MAX_REASON_CHARACTERS = 5000;

/**
 * Reads a booking of Cal.com's API. A plain booking gives one snapshot; a slot with seats gives one
 * for each taken seat, and one for the whole slot, which shows the seats that are no longer taken.
 *
 * @param host The salon's username, since a key also shows bookings that its user attends, or that a
 * colleague hosts.
 * @param known The uids of bookings that the salon has, which stay the salon's when a colleague takes
 * them over.
 * @param asOfMs The answer contains everything that happened before this time.
 */
export function readSnapshots(
  raw: unknown,
  host: string,
  asOfMs: number,
  known: ReadonlySet<string> = new Set(),
): ReadSnapshot {
  const booking = readApiBooking(raw);
  const status = STATUSES[booking?.status?.toLowerCase() ?? ''];
  if (booking === null || !isRecord(raw)) return { ok: false, code: 'unreadable' };
  const isOurs = isHostedBy(booking, host) || uidsOf(booking).some((uid) => known.has(uid));
  if (!isOurs) return { ok: false, code: 'foreign' };
  if (status === undefined) return { ok: false, code: 'unreadable' };

  const parts = isSeated(raw, booking) ? partsOfSlot(booking) : [plain(booking)];
  const snapshots: SnapshotDelivery[] = [];
  for (const part of parts) {
    const delivery = toDelivery(raw, { booking, status, host, asOfMs }, part);
    if (delivery === null) return { ok: false, code: 'unreadable' };
    snapshots.push(delivery);
  }
  return { ok: true, snapshots };
}

/** The part of a booking that one snapshot is about. */
type Part = {
  attendees: ApiAttendee[];
  answers: unknown;
  metadata: unknown;
  seats: string[] | null;
  seated: boolean;
  wholeSlot: boolean;
};

function plain({ attendees, bookingFieldsResponses, metadata }: ApiBooking): Part {
  const answers = bookingFieldsResponses;
  return { attendees, answers, metadata, seats: null, seated: false, wholeSlot: false };
}

function partsOfSlot({ attendees }: ApiBooking): Part[] {
  const seats: Part[] = attendees.flatMap((attendee) =>
    attendee.seatUid === undefined ? [] : [{
      attendees: [attendee],
      answers: attendee.bookingFieldsResponses,
      metadata: attendee.metadata,
      seats: null,
      seated: true,
      wholeSlot: false,
    }]
  );
  const taken = attendees.map(({ seatUid }) => seatUid);
  const complete = taken.length > 0 && taken.every((seat) => seat !== undefined);
  const whole: Part = {
    attendees: [],
    answers: null,
    metadata: null,
    // Every slot that takes place has a booker, so a list that is empty or lacks ids is incomplete.
    seats: complete ? taken : null,
    seated: true,
    wholeSlot: true,
  };
  return [...seats, whole];
}

type Context = {
  booking: ApiBooking;
  status: Snapshot['status'];
  host: string;
  asOfMs: number;
};

function toDelivery(raw: UnknownRecord, context: Context, part: Part): SnapshotDelivery | null {
  const { booking, status, asOfMs } = context;
  const createdAt = readInstant(booking.createdAt);
  const updatedAt = readInstant(booking.updatedAt);
  // The answer contains the last change of the booking, however recent it is.
  const changedAtMs = Date.parse(updatedAt ?? createdAt ?? '') || 0;
  const occurredAt = toInstant(Math.max(asOfMs, changedAtMs));
  const read = normalise(SNAPSHOT_TRIGGER, toPayload(context, part), occurredAt);
  if (!read.ok || occurredAt === null) return null;

  const { endTime } = read.booking;
  const seatUids = new Set(part.attendees.map(({ seatUid }) => seatUid));
  const { value: payload } = toStorableJson(
    part.seated ? { ...raw, attendees: attendeesOf(raw, seatUids) } : raw,
  );
  return {
    payload,
    booking: {
      ...read.booking,
      ...hostOf(booking),
      seated: part.seated,
      wholeSlot: part.wholeSlot,
      cancellationReason: truncate(MAX_REASON_CHARACTERS, booking.cancellationReason),
      snapshot: {
        status,
        ended: endTime !== null && occurredAt >= endTime,
        absent: part.attendees[0]?.absent === true,
        movedTo: readId(booking.rescheduledToUid),
        seats: part.seats,
        createdAt,
        updatedAt,
      },
    },
  };
}

/** The booking in the form of a webhook, so that the same rules apply to both. */
function toPayload({ booking, host }: Context, part: Part): BookingPayload {
  const { attendees, answers, metadata, seated, wholeSlot } = part;
  return readBookingPayload({
    uid: booking.uid,
    // A seat's origin is unknown: the slot may have been moved for another booker.
    rescheduleUid: seated ? undefined : booking.rescheduledFromUid,
    attendeeSeatId: wholeSlot ? undefined : attendees[0]?.seatUid,
    startTime: booking.start,
    endTime: booking.end,
    title: booking.title,
    additionalNotes: ownMember(answers, 'notes'),
    description: booking.description,
    location: booking.location ?? booking.meetingUrl,
    organizer: { username: host },
    attendees: attendees.map(({ name, email, phoneNumber }) => ({ name, email, phoneNumber })),
    responses: answers,
    metadata,
    iCalUID: booking.icsUid,
    recurringEventId: booking.recurringBookingUid,
  });
}

/** The log of a seat contains the data of this seat only. */
function attendeesOf(raw: UnknownRecord, seatUids: ReadonlySet<string | undefined>): unknown[] {
  const attendees = raw['attendees'];
  if (!Array.isArray(attendees)) return [];
  return attendees.filter((attendee) => {
    const seatUid = ownMember(attendee, 'seatUid');
    return typeof seatUid === 'string' && seatUids.has(seatUid);
  });
}
