-- The closed lists of words that the tables, views and functions of reminders use. `npm run types`
-- turns them into TypeScript types, so nothing repeats them by hand.

create type public.reminder_mode as enum ('day_before', 'hours_before');
comment on type public.reminder_mode is
  'day_before: at a time of day on the day before the appointment. hours_before: a number of '
  'elapsed hours before it, which on the night of a clock change is not the same time of day.';

create type public.reminder_language as enum ('pl', 'en');
comment on type public.reminder_language is
  'Language of the words that are inserted into the text, such as jutro.';

create type public.reminder_outcome as enum (
  'upcoming', 'sent', 'delivered', 'failed', 'skipped', 'cancelled', 'unknown'
);
comment on type public.reminder_outcome is
  'The status of a message as a salon sees it. upcoming: not sent yet. failed: refused, given up '
  'or too late. skipped: not sent on purpose. cancelled: the appointment was cancelled or moved. '
  'unknown: the provider may have it.';

create type public.sms_provider as enum ('log', 'smsapi', 'twilio');
comment on type public.sms_provider is 'Who sends an SMS. log: nobody, the text is only printed.';

create type public.sms_message_kind as enum (
  'reminder', 'second_reminder', 'third_reminder', 'booked', 'moved', 'cancelled', 'answer', 'test'
);
comment on type public.sms_message_kind is
  'What a message is for. reminder, second_reminder, third_reminder: before the appointment. '
  'Notices: booked, moved, cancelled by the salon. answer: to a client who replied NIE. test: to a '
  'number that an owner named.';

create type public.sms_encoding as enum ('GSM-7', 'UCS-2');
comment on type public.sms_encoding is
  'Alphabet of a text: a segment holds 160 characters in GSM-7, 70 in UCS-2.';

create type public.sms_message_status as enum (
  'pending', 'leased', 'unknown', 'sent', 'delivered', 'undelivered', 'failed', 'dead', 'cancelled',
  'expired', 'skipped'
);
comment on type public.sms_message_status is
  'pending: due at next_attempt_at. leased: claimed by a run. unknown: the provider may or may not '
  'have accepted it. sent: the provider accepted it. delivered, undelivered: by receipt. failed: '
  'refused for good. dead: given up. cancelled: the appointment was cancelled or moved. expired: '
  'too late. skipped: not to be sent, see reason.';

create type public.sms_reason as enum (
  -- skipped: not sent until somebody corrects it.
  'no_client', 'no_consent', 'no_phone', 'not_mobile', 'country_blocked', 'opted_out', 'no_window',
  'disabled', 'too_long', 'template', 'cap', 'daily_cap', 'client_limit',
  -- cancelled. event_gone: no appointment is left to tell. erased also of a message that may have
  -- been sent, which is dead.
  'event_gone', 'erased',
  -- expired, dead or unknown; ambiguous also while it waits to be sent again.
  'deadline', 'max_attempts', 'ambiguous', 'held',
  -- sent: the acceptance was reported after the lease had ended, or by two attempts.
  'late_ack', 'duplicate_suspected',
  -- pending: why it is sent later; lease_expired also of an unknown one.
  'lease_expired', 'needs_rerender', 'quiet_hours', 'paused', 'passed_over',
  -- Never stored. Told by upcoming_reminders and by sms_preview.
  'booked_same_day', 'broken_settings',
  -- skipped, until a member takes it back.
  'skipped_by_salon'
);
comment on type public.sms_reason is
  'Why a reminder was not sent, or not yet. docs/reminders.md says what to do about each.';

create type public.sms_opt_out_source as enum ('salon', 'smsapi', 'twilio');
comment on type public.sms_opt_out_source is
  'Who recorded an opt-out: the salon, or a provider that was told STOP.';

create type public.sms_dispatch_answer as enum (
  'go', 'lost_lease',
  -- Sent later.
  'needs_rerender', 'paused', 'quiet_hours',
  -- Not sent.
  'expired', 'event_gone', 'disabled', 'no_consent', 'no_phone', 'not_mobile', 'country_blocked',
  'opted_out', 'too_long', 'template', 'cap', 'daily_cap', 'client_limit'
);
comment on type public.sms_dispatch_answer is
  'What sms_begin_dispatch decides about a message. go: send it now. lost_lease: another run may '
  'have it. All others: do not send it; the message already has its new status.';

create type public.sms_attempt_outcome as enum (
  -- Of a POST.
  'accepted', 'permanent', 'transient', 'unreached', 'account', 'ambiguous',
  -- Of a look-up, which can also find that the message was accepted.
  'not_found', 'unavailable'
);
comment on type public.sms_attempt_outcome is
  'Result of a request to a provider. permanent: it will never accept this message. transient: not '
  'sent, try again. unreached: the same, but does not count as an attempt. account: it refuses our '
  'account, and with it every message. ambiguous: may have been sent. not_found: the provider does '
  'not list the message. unavailable: it could not be asked.';

create type public.sms_settle_answer as enum (
  'sent', 'failed', 'retry', 'dead', 'unknown', 'held', 'paused',
  -- After the lease has ended.
  'late_ack', 'duplicate_suspected', 'lost_lease'
);
comment on type public.sms_settle_answer is 'What became of a message that was settled.';

create type public.sms_ambiguity_policy as enum ('hold', 'resend');
comment on type public.sms_ambiguity_policy is
  'What happens to a message that may have been sent and that two look-ups did not find.';
