-- How a salon reminds its clients.

create table public.sms_settings (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  enabled boolean not null default false,
  mode public.reminder_mode not null default 'day_before',
  send_at_local time not null default '17:00',
  hours_before smallint not null default 24,
  quiet_from time not null default '20:00',
  quiet_to time not null default '08:00',
  min_lead interval not null default '2 hours',
  delay_after_booking interval not null default '10 minutes',
  template text not null
    default 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. '
      '{{salon}} {{phone}} {{link}}',
  language public.reminder_language not null default 'pl',
  sender text,
  transliterate boolean not null default true,
  max_segments smallint not null default 2,
  group_same_day boolean not null default true,
  monthly_cap integer default 1000,
  problem text,
  updated_at timestamptz not null default now(),
  problem_since timestamptz,
  daily_cap integer not null default 200,
  allowed_links text[] not null default '{}',
  call_list_from time not null default '15:00',
  notice_hours smallint not null default 24,
  constraint sms_settings_hours_before_is_at_most_a_week check (hours_before between 1 and 168),
  -- Without months, whose length depends on the date.
  constraint sms_settings_min_lead_is_valid check (
    min_lead between interval '0' and interval '7 days'
    and extract(year from min_lead) = 0 and extract(month from min_lead) = 0),
  constraint sms_settings_delay_after_booking_is_valid check (
    delay_after_booking between interval '0' and interval '1 day'
    and extract(year from delay_after_booking) = 0
    and extract(month from delay_after_booking) = 0),
  constraint sms_settings_hours_before_leaves_min_lead
    check (mode <> 'hours_before' or make_interval(hours => hours_before) > min_lead),
  constraint sms_settings_quiet_hours_end_each_day
    check (quiet_from < '24:00' and quiet_to < '24:00'),
  constraint sms_settings_send_at_local_is_not_quiet check (mode <> 'day_before' or case
    when quiet_from <= quiet_to then send_at_local < quiet_from or send_at_local >= quiet_to
    else send_at_local >= quiet_to and send_at_local < quiet_from
  end),
  constraint sms_settings_template_is_short
    check (trim(template) <> '' and length(template) <= 600),
  -- What mobile networks accept as the name of a sender.
  constraint sms_settings_sender_is_a_name
    check (sender ~ '^[A-Za-z0-9 .\-]{1,11}$' and sender ~ '[A-Za-z]'),
  constraint sms_settings_max_segments_is_valid check (max_segments between 1 and 6),
  constraint sms_settings_monthly_cap_is_not_negative check (monthly_cap >= 0),
  constraint sms_settings_daily_cap_is_not_negative check (daily_cap >= 0),
  constraint sms_settings_allowed_links_are_addresses check (
    array_to_string(allowed_links, '') !~ '\s'
    and array_to_string(allowed_links || ''::text, ' ', '-')
      ~ '^([a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s]*)? )*$'),
  constraint sms_settings_notice_hours_is_at_most_a_week check (notice_hours between 0 and 168)
);

comment on table public.sms_settings is
  'How a salon reminds its clients. A salon without a row, or without enabled, sends nothing. '
  'Times of day are in salons.timezone.';
comment on column public.sms_settings.mode is
  'When a reminder is sent: day_before uses send_at_local, hours_before uses hours_before. See '
  'private.reminder_due_at.';
comment on column public.sms_settings.quiet_from is
  'Start of the quiet hours. A message that is due during them is sent at quiet_to. If both are '
  'equal, there are no quiet hours.';
comment on column public.sms_settings.min_lead is
  'A reminder that cannot be sent at least this long before the appointment is not sent at all.';
comment on column public.sms_settings.delay_after_booking is
  'How long a reminder is held back after its appointment was booked or moved, so that a second '
  'pet can join the same SMS. Bookings that keep coming hold it back once more at most.';
comment on column public.sms_settings.template is
  'The text. Variables: {{when}}, {{weekday}}, {{date}}, {{time}}, {{appointments}}, {{pets}}, '
  '{{client}}, {{salon}}, {{phone}}, {{address}}, {{link}}.';
comment on column public.sms_settings.sender is
  'Sender name; null: the one of the SMS account. All salons send from that account, so only '
  'service_role may give a salon one of its names.';
comment on column public.sms_settings.transliterate is
  'Replaces Latin letters outside the GSM alphabet with plain ones, such as ą with a: with one of '
  'them an SMS holds 70 characters instead of 160. Other scripts stay.';
comment on column public.sms_settings.max_segments is
  'A longer text leaves the pets out. If it is still longer, it is not sent, because every segment '
  'is paid for.';
comment on column public.sms_settings.group_same_day is
  'Whether one SMS covers all appointments of a client on one day.';
comment on column public.sms_settings.monthly_cap is
  'Maximum number of segments in a calendar month; null: only daily_cap.';
comment on column public.sms_settings.daily_cap is
  'Maximum number of segments on a day of UTC, which no member can move. The operator pays for all '
  'salons, so only service_role may change it.';
comment on column public.sms_settings.allowed_links is
  'Addresses that may stand in the text, in lower case and without https://www., such as '
  'psistyl.pl or facebook.com/psistyl, each with everything below it. All salons send in the '
  'operator''s name, so only service_role may change it.';
comment on column public.sms_settings.call_list_from is
  'From when on call_list shows the appointments of the next day.';
comment on column public.sms_settings.notice_hours is
  'Until how many hours before an appointment, by the salon''s clock, its client can move or cancel '
  'it through the link in an SMS.';
comment on column public.sms_settings.problem is
  'SQLSTATE of what kept the last run from planning or claiming for this salon; null if nothing '
  'did. 55P03: the salon was locked, for example by an erasure or another run.';
comment on column public.sms_settings.problem_since is
  'Since when there is a problem, whichever it was at first.';

-- Not when a run records a problem: reminders that were skipped are planned again after a change of
-- the settings.
create trigger handle_updated_at
  before update on public.sms_settings
  for each row when ((new.problem, new.problem_since)
    is not distinct from (old.problem, old.problem_since))
  execute function private.set_updated_at();

create trigger keep_key
  before update of salon_id on public.sms_settings
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.sms_settings enable row level security;
revoke all on table public.sms_settings from public, anon, authenticated, service_role;
grant select,
  insert (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    delay_after_booking, template, language, transliterate, max_segments, group_same_day,
    monthly_cap, call_list_from, notice_hours),
  -- Includes salon_id, which an upsert of the Data API sets to its own value.
  update (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    delay_after_booking, template, language, transliterate, max_segments, group_same_day,
    monthly_cap, call_list_from, notice_hours)
  on table public.sms_settings to authenticated;
grant select, insert, update, delete on table public.sms_settings to service_role;
grant select, update (problem, problem_since) on table public.sms_settings to sms_worker;

create policy "members can see the reminder settings of their salon" on public.sms_settings
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can create the reminder settings of their salon" on public.sms_settings
  for insert to authenticated
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can change the reminder settings of their salon" on public.sms_settings
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "the SMS worker can record why it passed a salon over" on public.sms_settings
  for update to sms_worker using (enabled) with check (enabled);
