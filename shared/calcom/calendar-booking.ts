/**
 * What one Cal.com delivery says about one booking, whatever shape it came in.
 *
 * `parseDelivery` builds it, `upsert_calendar_event` stores it in `webhook_logs.booking` and folds
 * all deliveries of a booking into its row, so the names here are also the keys SQL reads.
 * `null` means "this delivery does not say"; it never erases what another delivery said.
 */
export type CalendarBooking = {
  trigger: DeliveryTrigger;
  /** Cal.com's id of the booking; a reschedule gives the appointment a new one. */
  uid: string;
  /** The uid this booking replaces. Equal to `uid` when a slot is moved in place. */
  rescheduleUid: string | null;
  /** The slot takes several bookers, who all share `uid`. */
  seated: boolean;
  /** Cal.com's `attendeeSeatId`: whose seat of a seated slot this is about. */
  seatId: string | null;
  /** The event is about every seat of the slot, not only about those of `attendees`. */
  wholeSlot: boolean;
  /**
   * When it happened (ISO 8601, UTC): `createdAt` of a wrapped body, `endTime` of a flat one. Of a
   * snapshot, the last moment of which it surely knows everything.
   */
  occurredAt: string | null;
  /** Cal.com username of the host: decides the salon. */
  organizerUsername: string | null;
  /** `metadata.barkbookClientId` and `barkbookPetId`: anyone can put them into a link; always UUIDs. */
  clientId: string | null;
  petId: string | null;
  /** ISO 8601, UTC. Both set, and the end after the start, for every trigger that books a time. */
  startTime: string | null;
  endTime: string | null;
  title: string | null;
  /** What the booker wrote, else the event type's description. */
  description: string | null;
  location: string | null;
  meetingUrl: string | null;
  /** The booker's address; null for placeholders nobody reads (`@sms.cal.com`, `@temp.…`). */
  attendeeEmail: string | null;
  /** The booker's phone as given; the database brings it to E.164. */
  attendeePhone: string | null;
  /** Stays the same over reschedules: `<first uid>@Cal.com`. */
  icalUid: string | null;
  cancellationReason: string | null;
  /** A paid booking that the salon still has to confirm. */
  awaitingConfirmation: boolean;
  /** The event type repeats: one event may stand for several occurrences of the series. */
  recurring: boolean;
  /** Everyone the event names, for finding the seat or the person who did not come. */
  attendees: CalendarAttendee[];
  /** How things stand; of `BOOKING_SYNCED` only. */
  snapshot?: Snapshot;
};

export type CalendarAttendee = {
  email: string | null;
  phone: string | null;
  /** Only in BOOKING_NO_SHOW_UPDATED; false takes an earlier true back. */
  noShow: boolean | null;
};

/** The triggers that change a calendar event; any other is logged as ignored. */
export const BOOKING_TRIGGERS = [
  'BOOKING_REQUESTED',
  'BOOKING_PAYMENT_INITIATED',
  'BOOKING_CREATED',
  'BOOKING_PAID',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
  'BOOKING_NO_SHOW_UPDATED',
  'MEETING_ENDED',
] as const;

export type BookingTrigger = (typeof BOOKING_TRIGGERS)[number];

/** Our own: Cal.com's API was asked, and this is what it says. From a webhook it is ignored. */
export const SNAPSHOT_TRIGGER = 'BOOKING_SYNCED';

/** What a booking may have been heard by. */
export type DeliveryTrigger = BookingTrigger | typeof SNAPSHOT_TRIGGER;

/** What Cal.com's API says of a booking, or of one seat or all seats of a slot. */
export type Snapshot = {
  status: 'pending' | 'accepted' | 'cancelled' | 'rejected';
  /** The end had passed. */
  ended: boolean;
  /** The booker was marked as not come. */
  absent: boolean;
  /** The uid that took its place when it was moved; servers before 2025 do not say. */
  movedTo: string | null;
  /** Of a whole slot, the seats that are taken; null where that is not known. */
  seats: string[] | null;
  /** ISO 8601, UTC, by Cal.com's clock. `updatedAt` is null until the booking first changes. */
  createdAt: string | null;
  updatedAt: string | null;
};
