import type { CalendarClient } from './client.ts';
import { createAppointmentsCall } from './call-appointments.ts';

/** A service that can be booked in Cal.com. */
export type EventType = { id: number; title: string; minutes: number; slug: string };

/** What is booked for a client. `start` is an instant. */
export type NewBooking = {
  salonId: string;
  eventTypeId: number;
  start: Date;
  clientId: string;
  petId: string | null;
};

/**
 * What Cal.com owns, done there with the salon's API key. The calendar has it when a call resolves.
 *
 * Without a key a call fails with `key_missing`, and the error's `url` is the page of Cal.com on which
 * a person can do the same. Other errors: `slot_taken`, `calcom_refused`, `too_late`, `key_refused`,
 * `calcom_unreachable`. A call that got no answer (`unreachable`) may be repeated: it acts once.
 */
export type CalComActions = {
  /** Cal.com sends the reason to the client. */
  cancelAppointment(eventId: string, reason: string): Promise<void>;
  moveAppointment(eventId: string, start: Date, reason?: string): Promise<void>;
  /** Tells Cal.com that the client was absent, or not. */
  markAbsent(eventId: string, absent: boolean): Promise<void>;
  /** Accepts a pending booking. */
  confirmAppointment(eventId: string): Promise<void>;
  /** Rejects a pending booking. */
  declineAppointment(eventId: string, reason?: string): Promise<void>;
  /** What can be booked in a salon. Without a key, `url` is its page with the client filled in. */
  getEventTypes(
    salonId: string,
    of?: { clientId: string; petId: string | null },
  ): Promise<EventType[]>;
  /** Returns the id of the new appointment; null if it is not in the calendar yet. */
  bookAppointment(booking: NewBooking): Promise<string | null>;
};

/** Acts in Cal.com through the function `appointments`, with a client of supabase-js. */
export function createCalComActions(supabase: CalendarClient): CalComActions {
  const call = createAppointmentsCall(supabase);
  const act = async (request: Parameters<typeof call>[0]) => {
    await call(request);
  };
  return {
    cancelAppointment: (eventId, reason) => act({ action: 'cancel', eventId, reason }),
    moveAppointment: (eventId, start, reason) =>
      act({ action: 'move', eventId, start: start.toISOString(), ...withReason(reason) }),
    markAbsent: (eventId, absent) => act({ action: 'no_show', eventId, absent }),
    confirmAppointment: (eventId) => act({ action: 'confirm', eventId }),
    declineAppointment: (eventId, reason) =>
      act({ action: 'decline', eventId, ...withReason(reason) }),
    getEventTypes: async (salonId, of) => {
      const { eventTypes } = await call({ action: 'event_types', salonId, ...of });
      return Array.isArray(eventTypes) ? eventTypes : [];
    },
    bookAppointment: async ({ start, petId, ...booking }) => {
      const { eventId } = await call({
        action: 'book',
        ...booking,
        start: start.toISOString(),
        ...(petId === null ? {} : { petId }),
      });
      return typeof eventId === 'string' ? eventId : null;
    },
  };
}

function withReason(reason: string | undefined): { reason?: string } {
  return reason ? { reason } : {};
}
