import type { ReminderInput } from '../../../shared/sms/reminder-text.ts';

/** What a reminder is written from, as the database tells it. */
export type ReminderSource = {
  salon_name: string;
  salon_address: string | null;
  timezone: string;
  template: string;
  language: ReminderInput['language'];
  transliterate: boolean;
  max_segments: number;
  client_name: string | null;
  phone_number: string | null;
  visits: ReminderInput['visits'];
};

/** A message that this run holds the lease of. */
export type ClaimedMessage = ReminderSource & {
  message_id: string;
  lease_token: string;
  /** Whether an earlier dispatch of it may have arrived. */
  was_unknown: boolean;
  sender: string | null;
  not_after: string;
  /** That dispatch, for the look-up. */
  sent_to: string | null;
  sent_body: string | null;
  sent_since: string | null;
};

/** A reminder that a run would plan, or a salon whose broken settings keep it from planning. */
export type PreviewedReminder =
  | ReminderSource & {
    salon_id: string;
    send_at: string;
    not_after: string;
    skip_reason: string | null;
  }
  | { salon_id: string; salon_name: string; timezone: null; skip_reason: string };
