import type { Enums } from '../../shared/database.types.ts';
import type { ReminderPreview } from '../../supabase/functions/sms-reminders/preview.ts';

/** Why a message was not sent, or not yet: `sms_messages.reason`, and codes of a dry run. */
type Reason = Enums<'sms_reason'> | NonNullable<ReminderPreview['skipReason']>;

const REASONS: Readonly<Record<Reason, string>> = {
  no_client: 'the appointment has no client: set calendar_events.client_id',
  no_consent: 'no consent to SMS: set clients.has_gdpr_consent once it is given',
  no_phone: 'no phone number, or none that can be read: correct clients.phone_number',
  not_mobile: 'not one mobile number: correct clients.phone_number',
  country_blocked: 'the country of the number is not in SMS_ALLOWED_COUNTRIES',
  opted_out: 'this number has opted out: see sms_opt_outs',
  booked_same_day: 'the appointment was booked on its own day',
  no_window: 'the quiet hours end later than sms_settings.min_lead before the appointment',
  disabled: 'the salon has switched reminders off: see sms_settings.enabled',
  template: 'the template cannot be filled in: correct sms_settings.template',
  too_long: 'the text is too long: shorten sms_settings.template or raise max_segments',
  cap: 'the monthly limit is reached: raise sms_settings.monthly_cap',
  daily_cap:
    'the limit of the day is reached; it is planned again tomorrow: see sms_settings.daily_cap',
  client_limit: 'three SMS went to this number today; it is planned again tomorrow',
  broken_settings:
    'nothing can be planned for the salon: see salons.timezone and sms_settings.problem',
  unwritable: 'the text cannot be written: see salons.timezone',
  skipped_by_salon: 'a member of the salon skipped it',
  event_gone: 'the appointment was cancelled, moved or given to somebody else, or was told already',
  erased: 'the client was erased',
  deadline: 'too late: less than sms_settings.min_lead to the appointment',
  max_attempts: 'given up after too many attempts',
  ambiguous: 'it is not known whether the provider accepted it',
  held:
    'it may have been sent, but the provider does not list it: check there before you send it again',
  late_ack: 'the provider accepted it, but its answer came late',
  duplicate_suspected: 'the provider accepted it twice: the client may have got two SMS',
  lease_expired: 'a run ended before it was settled: the next run continues',
  needs_rerender:
    'an appointment or the number has just changed: the next run writes the text again',
  quiet_hours: 'it is sent after the quiet hours: see sms_settings.quiet_to',
  passed_over:
    'the salon’s messages could not be claimed: see sms_settings.problem; they are tried again',
  paused: 'the provider refuses the account: see sms_provider_state',
};

/** A reason in plain words, with the provider's code; null when there is nothing to explain. */
export function explain(reason: Reason | null, code: string | null): string | null {
  const parts = [
    reason === null ? [] : [REASONS[reason] ?? reason],
    code === null ? [] : [`the provider's code is ${code}`],
  ].flat();
  return parts.length === 0 ? null : parts.join('; ');
}
