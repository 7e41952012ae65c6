-- How a salon reminds its clients.

create table public.sms_settings (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  enabled boolean not null default false,
  mode text not null default 'day_before',
  send_at_local time not null default '17:00',
  hours_before smallint not null default 24,
  quiet_from time not null default '20:00',
  quiet_to time not null default '08:00',
  min_lead interval not null default '2 hours',
  settle interval not null default '10 minutes',
  template text not null
    default 'Przypomnienie: wizyta {{when}}, {{weekday}} {{date}} o {{appointments}}. {{salon}}',
  language text not null default 'pl',
  sender text,
  transliterate boolean not null default true,
  max_segments smallint not null default 2,
  group_same_day boolean not null default true,
  monthly_cap integer,
  problem text,
  updated_at timestamptz not null default now(),
  constraint sms_settings_mode_is_valid check (mode in ('day_before', 'hours_before')),
  constraint sms_settings_hours_before_is_at_most_a_week check (hours_before between 1 and 168),
  -- Without months, whose length depends on the date.
  constraint sms_settings_min_lead_is_valid check (
    min_lead between interval '0' and interval '7 days'
    and extract(year from min_lead) = 0 and extract(month from min_lead) = 0),
  constraint sms_settings_settle_is_valid check (
    settle between interval '0' and interval '1 day'
    and extract(year from settle) = 0 and extract(month from settle) = 0),
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
  constraint sms_settings_language_is_known check (language in ('pl', 'en')),
  -- What GSM gateways take for a sender's name.
  constraint sms_settings_sender_is_a_name
    check (sender ~ '^[A-Za-z0-9 .\-]{1,11}$' and sender ~ '[A-Za-z]'),
  constraint sms_settings_max_segments_is_valid check (max_segments between 1 and 6),
  constraint sms_settings_monthly_cap_is_not_negative check (monthly_cap >= 0)
);

comment on table public.sms_settings is
  'How a salon reminds its clients. Without a row, as without enabled, it sends nothing. Times of '
  'day are those of salons.timezone.';
comment on column public.sms_settings.mode is
  'day_before: on the day before the appointment, at send_at_local. hours_before: that many elapsed '
  'hours before it, which on the night of a clock change is not the same time of day.';
comment on column public.sms_settings.quiet_from is
  'No SMS from here to quiet_to: what falls due in between goes out at quiet_to. Equal: no quiet.';
comment on column public.sms_settings.min_lead is
  'A reminder that cannot go out at least this long before the appointment does not go out at all.';
comment on column public.sms_settings.settle is
  'How long after a booking or a move a reminder waits, so that a second pet joins the same SMS.';
comment on column public.sms_settings.template is
  'The text. Variables: {{when}}, {{weekday}}, {{date}}, {{time}}, {{appointments}}, {{pets}}, '
  '{{client}}, {{salon}}, {{address}}.';
comment on column public.sms_settings.language is 'Of the words put into the text, such as jutro.';
comment on column public.sms_settings.sender is
  'Sender name; null: that of the SMS account. All salons send from that account, so only '
  'service_role may give a salon one of its names.';
comment on column public.sms_settings.transliterate is
  'Write a for ą and so on: one Polish letter makes an SMS hold 70 characters instead of 160.';
comment on column public.sms_settings.max_segments is
  'A longer text is not sent: every segment is paid for.';
comment on column public.sms_settings.group_same_day is
  'All appointments of a client on one day in one SMS.';
comment on column public.sms_settings.monthly_cap is
  'Segments a calendar month at most; null: no limit.';
comment on column public.sms_settings.problem is
  'Why the job had to pass the salon over, as a SQLSTATE; null when it did not.';

create trigger handle_updated_at
  before update on public.sms_settings
  for each row execute function private.set_updated_at();

alter table public.sms_settings enable row level security;
revoke all on table public.sms_settings from public, anon, authenticated, service_role;
grant select,
  insert (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    settle, template, language, transliterate, max_segments, group_same_day, monthly_cap),
  -- With salon_id, which an upsert of the Data API sets to what it is.
  update (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    settle, template, language, transliterate, max_segments, group_same_day, monthly_cap)
  on table public.sms_settings to authenticated;
grant select, insert, update, delete on table public.sms_settings to service_role;
grant select, update (problem) on table public.sms_settings to sms_worker;

create policy "members can see how their salon reminds" on public.sms_settings
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "owners can set up reminders" on public.sms_settings
  for insert to authenticated
  with check (salon_id = any (array(select private.owned_salon_ids())));
create policy "owners can change how their salon reminds" on public.sms_settings
  for update to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())))
  with check (salon_id = any (array(select private.owned_salon_ids())));
create policy "the SMS worker sees who reminds" on public.sms_settings
  for select to sms_worker using (enabled);
create policy "the SMS worker can note why it passed a salon over" on public.sms_settings
  for update to sms_worker using (enabled) with check (enabled);
