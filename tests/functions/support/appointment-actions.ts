import type { AppointmentsAnswer } from '../../../supabase/functions/appointments/answer.ts';
import { HOUR_MS } from '../../support/calcom/town.ts';
import { type Appointments, startAppointments } from './appointments.ts';
import type { Reply } from './function-stack.ts';

/** What staff do with appointments, and what becomes of it. */
export interface ActionScene extends Appointments {
  /** Calls the function as staff. */
  act(body: object): Promise<Reply<AppointmentsAnswer>>;
  /** What was recorded of it, in order. */
  activity(): Promise<Record<string, unknown>[]>;
  /** What anybody sees of the calendar. */
  visible(): Promise<Record<string, unknown>[]>;
  /** Deletes bookings and appointments, for the next test of the file. */
  forget(): Promise<void>;
}

/** So many hours after a time, as the function reads it. */
export const later = (start: Date, hours: number): string =>
  new Date(start.getTime() + hours * HOUR_MS).toISOString();

/** Starts the function. */
export async function startActions(): Promise<ActionScene> {
  const stack = await startAppointments();
  const { database, town, staffId } = stack;
  return {
    ...stack,
    act: (body) => stack.call(staffId, body),
    activity: () =>
      database.query(
        `select action, event_id, client_id, actor_id, outcome, error_code,
           finished_at is not null as is_finished from salon_activity order by created_at`,
      ),
    visible: () =>
      database.query(
        `select id, cal_com_event_id, status, start_time, end_time, client_id, pet_id,
           attendee_name, attendee_phone, attendee_email, cancellation_reason, status_before_no_show
         from appointments order by id`,
      ),
    forget: async () => {
      town.account.bookings.length = 0;
      await database.query('delete from calendar_events');
      await database.query('delete from webhook_logs');
      await database.query('delete from salon_activity');
    },
  };
}
