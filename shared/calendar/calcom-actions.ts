import type { CalendarClient } from './client.ts';
import { type AppointmentsRequest, createAppointmentsCall } from './call-appointments.ts';

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

/** What Cal.com accepted. `shown`: the calendar has it already; otherwise it follows in a moment. */
export type Accepted = { eventId: string | null; shown: boolean };

/**
 * What Cal.com owns, done there with the salon's API key.
 *
 * Without a key a call fails with `key_missing`, and the error's `url` is the page of Cal.com on which
 * a person can do the same. Other errors: `slot_taken`, `calcom_refused`, `too_late`, `key_refused`,
 * `calcom_unreachable`. A call that got no answer (`unreachable`) may be repeated: it acts once.
 */
export type CalComActions = {
  /** Cal.com sends the reason to the client. */
  cancelAppointment(eventId: string, reason: string): Promise<Accepted>;
  moveAppointment(eventId: string, start: Date, reason?: string): Promise<Accepted>;
  /** Tells Cal.com that the client was absent, or not. */
  markAbsent(eventId: string, absent: boolean): Promise<Accepted>;
  /** Accepts a pending booking. */
  confirmAppointment(eventId: string): Promise<Accepted>;
  /** Rejects a pending booking. */
  declineAppointment(eventId: string, reason?: string): Promise<Accepted>;
  /** What can be booked in a salon. Without a key, `url` is its page with the client filled in. */
  getEventTypes(
    salonId: string,
    of?: { clientId: string; petId: string | null },
  ): Promise<EventType[]>;
  /** The id is that of the new appointment, if the calendar has it. */
  bookAppointment(booking: NewBooking): Promise<Accepted>;
};

/** Acts in Cal.com through the function `appointments`, with a client of supabase-js. */
export function createCalComActions(supabase: CalendarClient): CalComActions {
  const call = createAppointmentsCall(supabase);
  const act = async (request: AppointmentsRequest): Promise<Accepted> => {
    const { eventId, shown } = await call(request);
    return { eventId: typeof eventId === 'string' ? eventId : null, shown: shown === true };
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
    bookAppointment: ({ start, petId, ...booking }) =>
      act({
        action: 'book',
        ...booking,
        start: start.toISOString(),
        ...(petId === null ? {} : { petId }),
      }),
  };
}

function withReason(reason: string | undefined): { reason?: string } {
  return reason ? { reason } : {};
}
