import {
  AHEAD,
  APPOINTMENT_COLUMNS,
  type AppointmentStatus,
  type CalendarEventWithDetails,
} from './appointment.ts';
import { allPages } from './pagination.ts';
import { CalendarError } from './calendar-error.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Which appointments are wanted, besides the span of time. */
export type Wanted = {
  /** Those that will take place, unless told otherwise; `ALL_STATUSES` for everything. */
  statuses?: readonly AppointmentStatus[];
};

/** How many appointments of a pet are wanted. */
export type Limited = { limit?: number };

const UPCOMING_LIMIT = 10;
const PAST_LIMIT = 50;

/** The appointments of the signed-in member's salons. Each call but the last is one request. */
export type Appointments = {
  /** Of the current day of that salon, by start. */
  getTodaysAppointments(salonId: string, wanted?: Wanted): Promise<CalendarEventWithDetails[]>;
  /** Of the current day of each of the member's salons, by start. */
  getTodaysAppointmentsForCurrentUser(wanted?: Wanted): Promise<CalendarEventWithDetails[]>;
  /** From Monday to Sunday of the current week, by start. */
  getThisWeeksAppointmentsForCurrentUser(wanted?: Wanted): Promise<CalendarEventWithDetails[]>;
  /** Scheduled or confirmed and still to begin, the next one first. */
  getUpcomingAppointmentsForPet(
    petId: string,
    limited?: Limited,
  ): Promise<CalendarEventWithDetails[]>;
  /** Over, whatever came of them, the last one first. */
  getPastAppointmentsForPet(petId: string, limited?: Limited): Promise<CalendarEventWithDetails[]>;
  /** The appointments the pet had, the last one first: not those that were cancelled or missed. */
  getPetHistory(petId: string, limited?: Limited): Promise<CalendarEventWithDetails[]>;
  /**
   * Those that begin from `from` to `to`, both included, whatever their status, by start. Two
   * requests, and one more for each thousand appointments.
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
    getTodaysAppointments: (salonId, { statuses = AHEAD } = {}) =>
      answerOf(today(statuses).eq('salon_id', salonId)),
    getTodaysAppointmentsForCurrentUser: ({ statuses = AHEAD } = {}) => answerOf(today(statuses)),
    getThisWeeksAppointmentsForCurrentUser: ({ statuses = AHEAD } = {}) =>
      answerOf(
        supabase.from('this_weeks_appointments').select(APPOINTMENT_COLUMNS)
          .in('status', [...statuses]).order('start_time').order('id'),
      ),
    getUpcomingAppointmentsForPet: (petId, { limit = UPCOMING_LIMIT } = {}) =>
      answerOf(
        supabase.from('upcoming_appointments').select(APPOINTMENT_COLUMNS)
          .eq('pet_id', petId).in('status', [...AHEAD])
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
