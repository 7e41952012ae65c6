import type { LateEvent } from '../../../cli/simulator/deliveries/lateness.ts';
import type { BookingTrigger, CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { booking } from './deliveries.ts';

/** What happened, when it really did, and the delivery about it. */
export type TrueEvent = { happenedAt: number; event: LateEvent; delivery: CalendarBooking };

/** A booking with one attendee as Cal.com has it, and what it has reported about it. */
export type TrueBooking = {
  now: number;
  /** When something last happened that may happen several times to this uid. */
  repeatedAt: number;
  uid: string;
  moves: number;
  status: 'pending' | 'scheduled' | 'confirmed' | 'completed' | 'cancelled' | 'no_show';
  statusBeforeNoShow: TrueBooking['status'];
  /** The salon confirmed it once, which a move does not undo. */
  wasConfirmed: boolean;
  /** open: it can be changed. moving: the host asked for another time. begun: its time has come. */
  phase: 'open' | 'moving' | 'begun' | 'over';
  isUnpaid: boolean;
  location: string | null;
  host: string | null;
  /** Deliveries name everything that is known, or only what they must. */
  saysAll: boolean;
  events: TrueEvent[];
};

const BOOKED_MS = Date.parse('2026-08-01T10:00:00.000Z');
const EMAIL = 'zofia@poczta.example';

/** The time after this many moves: an hour in September 2026. */
const timesAfter = (moves: number) => {
  const day = `2026-09-${String(moves + 1).padStart(2, '0')}`;
  return { startTime: `${day}T08:00:00.000Z`, endTime: `${day}T09:00:00.000Z` };
};

/** A booking before its first event. */
export function newTrueBooking(): TrueBooking {
  return {
    now: BOOKED_MS,
    repeatedAt: 0,
    uid: 'uid-0',
    moves: 0,
    status: 'pending',
    statusBeforeNoShow: 'pending',
    wasConfirmed: false,
    phase: 'open',
    isUnpaid: false,
    location: 'Kraków',
    host: 'psi-styl',
    saysAll: true,
    events: [],
  };
}

/** Reports an event of now. */
export function report(
  of: TrueBooking,
  event: LateEvent,
  trigger: BookingTrigger,
  overrides: Partial<CalendarBooking> = {},
): void {
  of.events.push({
    happenedAt: of.now,
    event,
    delivery: booking({
      trigger,
      uid: of.uid,
      ...timesAfter(of.moves),
      occurredAt: new Date(of.now).toISOString(),
      icalUid: 'uid-0@Cal.com',
      organizerUsername: of.host,
      hostUsername: of.host,
      location: of.location,
      description: of.saysAll ? 'boi się suszarki' : null,
      attendeeName: of.saysAll ? 'Zofia Kaczmarek' : null,
      attendeeEmail: of.saysAll ? EMAIL : null,
      attendeePhone: of.saysAll ? '501 220 314' : null,
      awaitingConfirmation: of.status === 'pending',
      ...overrides,
    }),
  });
}

/** Gives the booking its next uid and time. */
export function nextUid(of: TrueBooking): void {
  of.moves += 1;
  of.uid = `uid-${of.moves}`;
  of.repeatedAt = 0;
}

/** Everyone that the delivery names, with this mark. */
export const marked = (noShow: boolean) => ({
  attendees: [{ email: EMAIL, phone: '+48501220314', noShow }],
});

/** The appointment as a person would read the history. */
export const truthOf = (of: TrueBooking) => ({
  cal_com_event_id: of.uid,
  status: of.status,
  start_time: timesAfter(of.moves).startTime.replace('.000Z', '+00:00'),
  location: of.location,
  host_username: of.host,
});
