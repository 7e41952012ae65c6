import type { Tables } from '../database.types.ts';

/** What becomes of an appointment. */
export type AppointmentStatus =
  | 'pending'
  | 'scheduled'
  | 'confirmed'
  | 'completed'
  | 'cancelled'
  | 'no_show';

/** The client of an appointment, as BarkBook shows them. */
export type AppointmentClient = Pick<
  Tables<'clients'>,
  'id' | 'name' | 'surname' | 'phone_number' | 'email'
>;

/** The pet of an appointment, with what a groomer must know of it. */
export type AppointmentPet = Pick<
  Tables<'pets'>,
  'id' | 'name' | 'breed' | 'type' | 'allergies' | 'health_issues'
>;

/** A row of `calendar_events` with its client and pet, and its times on the salon's own clock. */
export type CalendarEventWithDetails = Tables<'calendar_events'> & {
  client?: AppointmentClient | null;
  pet?: AppointmentPet | null;
  /** Whether its end has passed. */
  is_over: boolean;
  /** `status`, but `completed` for an appointment that is over and that nobody closed. */
  effective_status: AppointmentStatus;
  salon_name: string;
  timezone: string;
  /** `2026-11-24` */
  local_date: string;
  /** `09:30` */
  local_start: string;
  local_end: string;
};

/** What PostgREST is asked for: every column of the view, and both embeds as BarkBook writes them. */
export const APPOINTMENT_COLUMNS = `*,
  client:clients (id, name, surname, phone_number, email),
  pet:pets (id, name, breed, type, allergies, health_issues)`;

/** What will take place: BarkBook shows nothing else of today and of the week. */
export const AHEAD: readonly AppointmentStatus[] = ['scheduled', 'confirmed'];

/** Every status there is. */
export const ALL_STATUSES: readonly AppointmentStatus[] = [
  'pending',
  'scheduled',
  'confirmed',
  'completed',
  'cancelled',
  'no_show',
];
