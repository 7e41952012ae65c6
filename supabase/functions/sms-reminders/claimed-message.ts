import type { Enums } from '../../../shared/database.types.ts';
import { isRecord } from '../../../shared/json/records.ts';
import type { ReminderInput } from '../../../shared/sms/reminder-text.ts';
import type { FunctionRow } from '../_shared/rpc.ts';

type Appointments = Pick<ReminderInput, 'appointments'>;

/** A message that this run holds the lease of. `was_unknown`: an earlier dispatch may have arrived. */
export type ClaimedMessage =
  & Omit<FunctionRow<'sms_claim'>, 'appointments' | 'salon_id'>
  & Appointments;

/** A reminder that a run would plan, or a salon whose broken settings keep it from planning. */
export type PreviewedReminder =
  | ReminderSource & {
    salon_id: string;
    kind: Enums<'sms_message_kind'>;
    send_at: string;
    not_after: string;
    skip_reason: Enums<'sms_reason'> | null;
  }
  | {
    salon_id: string;
    salon_name: string;
    timezone: null;
    skip_reason: Enums<'sms_reason'> | null;
  };

/** What a reminder is written from. */
export type ReminderSource =
  & Pick<
    ClaimedMessage,
    | 'salon_name'
    | 'salon_address'
    | 'salon_phone'
    | 'timezone'
    | 'template'
    | 'language'
    | 'transliterate'
    | 'max_segments'
    | 'allowed_links'
    | 'client_name'
    | 'phone'
    | 'appointments'
  >
  & {
    /** The token of the client's link; a preview has none. */
    link_token?: string;
  };

/** Reads a message that was claimed. */
export function readMessage(row: FunctionRow<'sms_claim'>): ClaimedMessage {
  return { ...row, appointments: readAppointments(row.appointments) };
}

/** Reads a reminder that would be planned. */
export function readPreviewed(row: FunctionRow<'sms_preview'>): PreviewedReminder {
  const { timezone } = row;
  if (timezone === null) return { ...row, timezone };
  return { ...row, timezone, appointments: readAppointments(row.appointments) };
}

/** The generated types only say that the column is JSON. */
function readAppointments(json: unknown): ReminderInput['appointments'] {
  const appointments: readonly unknown[] = Array.isArray(json) ? json : [];
  return appointments.flatMap((appointment) => {
    if (!isRecord(appointment)) return [];
    const { startTime, pet } = appointment;
    return typeof startTime === 'string'
      ? [{ startTime, pet: typeof pet === 'string' ? pet : null }]
      : [];
  });
}
