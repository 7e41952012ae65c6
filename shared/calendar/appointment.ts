import type { Tables } from '../database.types.ts';

/** The status of an appointment. */
export type AppointmentStatus =
  | 'pending'
  | 'scheduled'
  | 'confirmed'
  | 'completed'
  | 'cancelled'
  | 'no_show';

/** The client of an appointment, with the columns that BarkBook shows. */
export type AppointmentClient = Pick<
  Tables<'clients'>,
  'id' | 'name' | 'surname' | 'phone_number' | 'email'
>;

/** The pet of an appointment, with what a groomer must know about it. */
export type AppointmentPet = Pick<
  Tables<'pets'>,
  'id' | 'name' | 'breed' | 'type' | 'allergies' | 'health_issues'
>;

/** A row of `calendar_events` with its client and pet, and its times in the salon's zone. */
export type CalendarEventWithDetails = Omit<Tables<'calendar_events'>, 'fold_state'> & {
  client?: AppointmentClient | null;
  pet?: AppointmentPet | null;
  /** Whether its end has passed. */
  is_over: boolean;
  /** `status`, but `completed` for an appointment that is over and was never closed. */
  effective_status: AppointmentStatus;
  salon_name: string;
  timezone: string;
  /** `2026-11-24` */
  local_date: string;
  /** `09:30` */
  local_start: string;
  local_end: string;
};

/** What is selected: every column of the view, and both embeds as BarkBook writes them. */
export const APPOINTMENT_COLUMNS = `*,
  client:clients (id, name, surname, phone_number, email),
  pet:pets (id, name, breed, type, allergies, health_issues)`;

/** Appointments that will take place: the only ones that BarkBook shows for today and the week. */
export const EXPECTED_STATUSES: readonly AppointmentStatus[] = ['scheduled', 'confirmed'];

/** Every status. */
export const ALL_STATUSES: readonly AppointmentStatus[] = [
  'pending',
  'scheduled',
  'confirmed',
  'completed',
  'cancelled',
  'no_show',
];
