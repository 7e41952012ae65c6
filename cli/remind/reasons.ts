/** Why a message was not sent, or not yet: `sms_messages.reason`, and codes of a dry run. */
const REASONS: Readonly<Record<string, string>> = {
  no_client: 'the appointment has no client: set calendar_events.client_id',
  no_consent: 'no consent to SMS: set clients.has_gdpr_consent once it is given',
  no_phone: 'no phone number, or none that can be read: correct clients.phone_number',
  not_mobile: 'not the number of one mobile: correct clients.phone_number',
  country_blocked: 'a number of a country that is not in SMS_ALLOWED_COUNTRIES',
  opted_out: 'this number has opted out: see sms_opt_outs',
  no_window: 'after the quiet hours it is less than sms_settings.min_lead to the appointment',
  disabled: 'the salon has switched reminders off: see sms_settings.enabled',
  template: 'the template cannot be filled in: correct sms_settings.template',
  too_long: 'the text is too long: shorten sms_settings.template or raise max_segments',
  cap: 'the limit of this month is reached: raise sms_settings.monthly_cap',
  broken_settings: 'the salon cannot be planned for: see salons.timezone and sms_settings.problem',
  unwritable: 'no text can be written: see salons.timezone',
  event_gone: 'the appointment was cancelled or moved meanwhile',
  erased: 'the client was erased',
  deadline: 'too late: less than sms_settings.min_lead to the appointment',
  max_attempts: 'given up after too many attempts',
  ambiguous: 'it is not known whether the provider accepted it',
  held: 'perhaps sent, and not found at the provider: look there before you send it again',
  late_ack: 'the provider accepted it, but its answer came late',
  duplicate_suspected: 'the provider accepted it twice: the client may have got two SMS',
  lease_expired: 'a run ended in the middle of it: the next one continues',
  needs_rerender: 'an appointment or the number has just changed: the next run writes it again',
  quiet_hours: 'waits for the end of the quiet hours: see sms_settings.quiet_to',
  paused: 'the provider refuses the account: see sms_provider_state',
};

/** A reason in plain words, with the provider's code; null when there is nothing to explain. */
export function explain(reason: string | null, code: string | null): string | null {
  const parts = [
    reason === null ? [] : [REASONS[reason] ?? reason],
    code === null ? [] : [`the provider's code is ${code}`],
  ].flat();
  return parts.length === 0 ? null : parts.join('; ');
}
