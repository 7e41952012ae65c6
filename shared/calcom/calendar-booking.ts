/**
 * What one Cal.com delivery says about one booking, in one shape for all triggers and servers.
 *
 * `parseDelivery` builds it, `upsert_calendar_event` stores it in `webhook_logs.booking` and folds
 * all deliveries of a booking into its row, so the names here are also the keys that SQL reads.
 * `null` means "this delivery does not say"; it never erases a value from another delivery.
 */
export type CalendarBooking = {
  trigger: DeliveryTrigger;
  /**
   * Cal.com's id of the booking; a reschedule gives the appointment a new one. No id has a `#`,
   * which joins a uid and a seat in `cal_com_event_id`.
   */
  uid: string;
  /** The uid this booking replaces. Equal to `uid` when a slot is moved in place. */
  rescheduleUid: string | null;
  /** The slot has seats for several bookers, who all share `uid`. */
  seated: boolean;
  /** Cal.com's id of the seat that this is about. */
  seatId: string | null;
  /** The event is about every seat of the slot, not only those of `attendees`. */
  wholeSlot: boolean;
  /**
   * When it happened (ISO 8601, UTC): `createdAt` of a wrapped body, `endTime` of a flat one. For a
   * snapshot, the latest time up to which it certainly contains every change.
   */
  occurredAt: string | null;
  /** Cal.com username of the host: decides the salon. */
  organizerUsername: string | null;
  /** Cal.com username and name of the person who hosts now. */
  hostUsername: string | null;
  hostName: string | null;
  /** `metadata.barkbookClientId` and `barkbookPetId`, always UUIDs. Anyone can forge them. */
  clientId: string | null;
  petId: string | null;
  /**
   * ISO 8601, UTC. Both set, and the end after the start, for every trigger that requires a time.
   */
  startTime: string | null;
  endTime: string | null;
  title: string | null;
  /** The booker's notes, else the event type's description. */
  description: string | null;
  location: string | null;
  meetingUrl: string | null;
  /** The booker's name. */
  attendeeName: string | null;
  /** The booker's address; null for placeholders (`@sms.cal.com`, `@temp.…`). */
  attendeeEmail: string | null;
  /** The booker's phone as given; the database converts it to E.164. */
  attendeePhone: string | null;
  /** Stays the same across reschedules: `<first uid>@Cal.com`. */
  icalUid: string | null;
  cancellationReason: string | null;
  /** The salon cancelled or declined it, not the booker. */
  cancelledBySalon?: true;
  /** Paid, moved to another place or given to another host before the salon confirmed it. */
  awaitingConfirmation: boolean;
  /** The event type repeats: one event may be about several occurrences of the series. */
  recurring: boolean;
  /** Everyone the event names, for finding the seat or the person marked as a no-show. */
  attendees: CalendarAttendee[];
  /** The state of the booking; only for `BOOKING_SYNCED`. */
  snapshot?: Snapshot;
};

export type CalendarAttendee = {
  email: string | null;
  phone: string | null;
  /** Only in BOOKING_NO_SHOW_UPDATED; false revokes an earlier true. */
  noShow: boolean | null;
};

/** The triggers that change a calendar event; any other is logged as ignored. */
export const BOOKING_TRIGGERS = [
  'BOOKING_REQUESTED',
  'BOOKING_PAYMENT_INITIATED',
  'BOOKING_CREATED',
  'BOOKING_PAID',
  'BOOKING_RESCHEDULED',
  'BOOKING_LOCATION_UPDATED',
  'BOOKING_REASSIGNED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
  'BOOKING_NO_SHOW_UPDATED',
  'MEETING_ENDED',
] as const;

export type BookingTrigger = (typeof BOOKING_TRIGGERS)[number];

/** Our own trigger, for a snapshot from Cal.com's API. A webhook with it is ignored. */
export const SNAPSHOT_TRIGGER = 'BOOKING_SYNCED';

/** The triggers of all deliveries that contain a booking. */
export type DeliveryTrigger = BookingTrigger | typeof SNAPSHOT_TRIGGER;

/** The state of a booking in Cal.com's API, or of one seat or all seats of a slot. */
export type Snapshot = {
  status: 'pending' | 'accepted' | 'cancelled' | 'rejected';
  /** Its end has passed. */
  ended: boolean;
  /** The booker is marked as a no-show. */
  absent: boolean;
  /** The uid of the booking that replaced it; servers before 2025 do not say. */
  movedTo: string | null;
  /** For a whole slot, the seats that are taken; null if that is not known. */
  seats: string[] | null;
  /** ISO 8601, UTC, by Cal.com's clock. `updatedAt` is null until the booking first changes. */
  createdAt: string | null;
  updatedAt: string | null;
};
