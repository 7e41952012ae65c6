import type { Enums, Tables, TablesInsert } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { OfSalon } from './sync.ts';

/** The status of a reminder as a salon sees it. */
export type ReminderOutcome = Enums<'reminder_outcome'>;

/** What a message is for. */
export type SmsKind = Enums<'sms_message_kind'>;

/** The reminders of an appointment, the first of which is in `sms_settings`. */
export type ReminderKind = Extract<SmsKind, 'reminder' | 'second_reminder' | 'third_reminder'>;

/** Why a reminder was not sent, or not yet. */
export type ReminderReason = Enums<'sms_reason'>;

type Client = Pick<Tables<'clients'>, 'id' | 'name' | 'surname'>;

/** A message and its outcome. */
export type ReminderLogEntry =
  & { message_id: string; kind: SmsKind; outcome: ReminderOutcome; client: Client | null }
  & Pick<
    Tables<'sms_messages'>,
    | 'salon_id'
    | 'client_id'
    | 'local_date'
    | 'phone_number'
    | 'body'
    | 'segments'
    | 'provider'
    | 'status'
    | 'reason'
    | 'error_code'
    | 'attempts'
    | 'next_attempt_at'
    | 'sent_at'
    | 'final_at'
    | 'created_at'
  >
  & {
    timezone: string;
    /** `2026-11-23 17:00`: when it was sent, or will be. */
    local_send_at: string;
    appointments: { event_id: string; local_start: string; pet_name: string | null }[];
  };

/** A reminder of an appointment that is not planned yet. */
export type UpcomingReminder = {
  event_id: string;
  kind: ReminderKind;
  salon_id: string;
  client_id: string | null;
  pet_id: string | null;
  start_time: string;
  timezone: string;
  local_date: string;
  local_start: string;
  send_at: string;
  local_send_at: string;
  /** Why there will be no reminder unless that changes; null if it will be sent. */
  skip_reason: ReminderReason | null;
  /** The booker in Cal.com. */
  attendee_name: string | null;
  client: Client | null;
  pet: Pick<Tables<'pets'>, 'id' | 'name'> | null;
};

/** The settings. Owners can change all but those that {@link SmsSettingsChange} lacks. */
export type SmsSettings = Tables<'sms_settings'>;
export type SmsSettingsChange = Omit<
  TablesInsert<'sms_settings'>,
  'salon_id' | 'sender' | 'daily_cap' | 'allowed_links' | 'problem' | 'problem_since' | 'updated_at'
>;

/** An appointment of tomorrow whose client did not answer. */
export type CallListEntry = {
  event_id: string;
  salon_id: string;
  client_id: string | null;
  client_name: string | null;
  client_surname: string | null;
  /** The booker in Cal.com. */
  attendee_name: string | null;
  /** The client's number as it was typed, else the booker's. */
  phone: string | null;
  pet_id: string | null;
  pet_name: string | null;
  start_time: string;
  timezone: string;
  local_date: string;
  local_start: string;
  status: 'scheduled' | 'confirmed';
};

/** Which reminders to return. */
export type ReminderFilter = OfSalon & {
  /** Those of these clients. */
  clientIds?: readonly string[];
  /** Those for the appointments of this day, in the salon's zone: `2026-11-24`. */
  localDate?: string;
};

/**
 * A message that a member sends. `isBeingSent`: a run was started for it, or it was sent already.
 * Otherwise the next scheduled run sends it, within five minutes or after the quiet hours.
 */
export type Sending = { messageId: string; isBeingSent: boolean };

const LOG_LIMIT = 50;
const CLIENT = 'client:clients (id, name, surname)';

/** The reminders of a salon and their settings. */
export type Reminders = {
  /** All messages and their outcomes, the newest first. */
  getReminderLog(of?: ReminderFilter & { outcomes?: readonly ReminderOutcome[] }): Promise<
    ReminderLogEntry[]
  >;
  /** Reminders for the appointments of the next nine days, in the order in which they are sent. */
  getUpcomingReminders(of?: ReminderFilter): Promise<UpcomingReminder[]>;
  /**
   * Whom to phone: the appointments of tomorrow without an answer of the client, by start. Empty
   * until `sms_settings.call_list_from`, by the salon's clock.
   */
  getCallList(of?: OfSalon): Promise<CallListEntry[]>;
  /**
   * Sends a reminder at once. One that was planned or sent already is returned as it is. Consent,
   * opt-outs, quiet hours and limits hold: see the message in the log. The error `refused` has the
   * detail `appointment_over`, `no_client`, `too_early` or `reminder_off`.
   */
  sendReminderNow(eventId: string, kind: ReminderKind): Promise<Sending>;
  /**
   * Keeps a reminder of this start from being sent; returns the id of the skipped message. The error
   * `refused` has the detail `already_sent`, `appointment_over` or `reminder_off`.
   */
  skipReminder(eventId: string, kind: ReminderKind): Promise<string>;
  /** Takes {@link Reminders.skipReminder} back. False if the reminder was not skipped. */
  unskipReminder(eventId: string, kind: ReminderKind): Promise<boolean>;
  /**
   * For owners: sends the salon's reminder about an invented appointment to a number, also in quiet
   * hours and before reminders are switched on. The error `refused` has the detail `test_limit`
   * after five on a day (UTC).
   */
  sendTestSms(salonId: string, phone: string): Promise<Sending>;
  /** Null for a salon that has never configured reminders: it sends none. */
  getSmsSettings(salonId: string): Promise<SmsSettings | null>;
  /** For owners. Returns the new settings; the error `refused` names the rule that was broken. */
  setSmsSettings(salonId: string, change: SmsSettingsChange): Promise<SmsSettings>;
};

/** Reads reminders, and reads and writes their settings, with a client of supabase-js. */
export function createReminders(supabase: CalendarClient): Reminders {
  return {
    getReminderLog: ({ salonId, limit = LOG_LIMIT, outcomes, clientIds, localDate } = {}) => {
      let log = supabase.from('reminder_log').select(`*, ${CLIENT}`)
        .order('created_at', { ascending: false }).order('message_id').limit(limit);
      if (salonId !== undefined) log = log.eq('salon_id', salonId);
      if (outcomes !== undefined) log = log.in('outcome', [...outcomes]);
      if (clientIds !== undefined) log = log.in('client_id', [...clientIds]);
      if (localDate !== undefined) log = log.eq('local_date', localDate);
      return answerOf(log);
    },
    getUpcomingReminders: ({ salonId, limit = LOG_LIMIT, clientIds, localDate } = {}) => {
      let upcoming = supabase.from('upcoming_reminders')
        .select(`*, ${CLIENT}, pet:pets (id, name)`)
        .order('send_at').order('start_time').order('event_id').order('kind').limit(limit);
      if (salonId !== undefined) upcoming = upcoming.eq('salon_id', salonId);
      if (clientIds !== undefined) upcoming = upcoming.in('client_id', [...clientIds]);
      if (localDate !== undefined) upcoming = upcoming.eq('local_date', localDate);
      return answerOf(upcoming);
    },
    getCallList: ({ salonId, limit = LOG_LIMIT } = {}) => {
      let list = supabase.from('call_list').select().order('start_time').order('event_id')
        .limit(limit);
      if (salonId !== undefined) list = list.eq('salon_id', salonId);
      return answerOf(list);
    },
    sendReminderNow: (eventId, kind) =>
      sendingOf(
        supabase.rpc('send_reminder_now', { p_event_id: eventId, p_kind: kind }).single(),
      ),
    skipReminder: (eventId, kind) =>
      answerOf(supabase.rpc('skip_reminder', { p_event_id: eventId, p_kind: kind })),
    unskipReminder: (eventId, kind) =>
      answerOf(supabase.rpc('unskip_reminder', { p_event_id: eventId, p_kind: kind })),
    sendTestSms: (salonId, phone) =>
      sendingOf(
        supabase.rpc('send_test_sms', { p_salon_id: salonId, p_phone: phone }).single(),
      ),
    getSmsSettings: (salonId) =>
      answerOf(supabase.from('sms_settings').select().eq('salon_id', salonId).maybeSingle()),
    setSmsSettings: (salonId, change) =>
      answerOf(
        supabase.from('sms_settings').upsert({ ...change, salon_id: salonId }).select().single(),
      ),
  };
}

type SendingRow = { message_id: string; is_being_sent: boolean };

async function sendingOf(call: Parameters<typeof answerOf>[0]): Promise<Sending> {
  const { message_id: messageId, is_being_sent: isBeingSent } = await answerOf<SendingRow>(call);
  return { messageId, isBeingSent };
}
