import {
  APPOINTMENT_COLUMNS,
  type AppointmentStatus,
  type CalendarEventWithDetails,
  EXPECTED_STATUSES,
} from './appointment.ts';
import { allPages } from './pagination.ts';
import { CalendarError } from './calendar-error.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Which appointments to return. */
export type StatusFilter = {
  /** By default those that will take place; `ALL_STATUSES` for everything. */
  statuses?: readonly AppointmentStatus[];
};

/** How many rows to return at most. */
export type Limit = { limit?: number };

const UPCOMING_LIMIT = 10;
const PAST_LIMIT = 50;

/** The appointments in the signed-in member's salons. Each call but the last is one request. */
export type Appointments = {
  /** Null for an appointment that is not in one of their salons. */
  getAppointment(eventId: string): Promise<CalendarEventWithDetails | null>;
  /** Those of the salon's current day, by start. */
  getTodaysAppointments(
    salonId: string,
    filter?: StatusFilter,
  ): Promise<CalendarEventWithDetails[]>;
  /** Those of the current day in each of the member's salons, by start. */
  getTodaysAppointmentsForCurrentUser(filter?: StatusFilter): Promise<CalendarEventWithDetails[]>;
  /** Those of the current week, Monday to Sunday, by start. */
  getThisWeeksAppointmentsForCurrentUser(
    filter?: StatusFilter,
  ): Promise<CalendarEventWithDetails[]>;
  /** Scheduled or confirmed ones that have not begun, the next one first. */
  getUpcomingAppointmentsForPet(
    petId: string,
    limit?: Limit,
  ): Promise<CalendarEventWithDetails[]>;
  /** Past ones of any status, the last one first. */
  getPastAppointmentsForPet(petId: string, limit?: Limit): Promise<CalendarEventWithDetails[]>;
  /** Past ones that took place, the last one first: neither cancelled nor missed. */
  getPetHistory(petId: string, limit?: Limit): Promise<CalendarEventWithDetails[]>;
  /**
   * Those of any status that begin from `from` to `to`, both included, by start. Two requests, and
   * one more for each thousand appointments.
   */
  getAppointmentsInRange(
    salonId: string,
    from: Date,
    to: Date,
  ): Promise<CalendarEventWithDetails[]>;
};

/** Reads appointments with a client of supabase-js. */
export function createAppointments(supabase: CalendarClient): Appointments {
  const today = (statuses: readonly AppointmentStatus[]) =>
    supabase.from('todays_appointments').select(APPOINTMENT_COLUMNS)
      .in('status', [...statuses]).order('start_time').order('id');

  return {
    getAppointment: (eventId) =>
      answerOf(
        supabase.from('appointments').select(APPOINTMENT_COLUMNS).eq('id', eventId).maybeSingle(),
      ),
    getTodaysAppointments: (salonId, { statuses = EXPECTED_STATUSES } = {}) =>
      answerOf(today(statuses).eq('salon_id', salonId)),
    getTodaysAppointmentsForCurrentUser: ({ statuses = EXPECTED_STATUSES } = {}) =>
      answerOf(today(statuses)),
    getThisWeeksAppointmentsForCurrentUser: ({ statuses = EXPECTED_STATUSES } = {}) =>
      answerOf(
        supabase.from('this_weeks_appointments').select(APPOINTMENT_COLUMNS)
          .in('status', [...statuses]).order('start_time').order('id'),
      ),
    getUpcomingAppointmentsForPet: (petId, { limit = UPCOMING_LIMIT } = {}) =>
      answerOf(
        supabase.from('upcoming_appointments').select(APPOINTMENT_COLUMNS)
          .eq('pet_id', petId).in('status', [...EXPECTED_STATUSES])
          .order('start_time').order('id').limit(limit),
      ),
    getPastAppointmentsForPet: (petId, { limit = PAST_LIMIT } = {}) =>
      answerOf(
        supabase.from('appointments').select(APPOINTMENT_COLUMNS)
          .eq('pet_id', petId).eq('is_over', true)
          .order('start_time', { ascending: false }).order('id').limit(limit),
      ),
    getPetHistory: (petId, { limit = PAST_LIMIT } = {}) =>
      answerOf(
        supabase.from('pet_history').select(APPOINTMENT_COLUMNS)
          .eq('pet_id', petId)
          .order('start_time', { ascending: false }).order('id').limit(limit),
      ),
    getAppointmentsInRange: async (salonId, from, to) => {
      const [first, last] = [instant(from), instant(to)];
      return await allPages<CalendarEventWithDetails>((after) => {
        const inRange = supabase.from('appointments').select(APPOINTMENT_COLUMNS)
          .eq('salon_id', salonId).gte('start_time', first).lte('start_time', last)
          .order('start_time').order('id');
        return after === null ? inRange : inRange.or(after);
      });
    },
  };
}

function instant(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new CalendarError('invalid_input', 'date');
  return date.toISOString();
}
