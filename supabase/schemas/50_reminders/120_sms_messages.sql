-- Every SMS: what is to be sent and what was sent, in one table.

create table public.sms_messages (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  client_id uuid,
  kind public.sms_message_kind not null default 'reminder',
  local_date date not null,
  phone_number text,
  phone text,
  body text,
  encoding public.sms_encoding,
  segments smallint,
  sender text,
  provider public.sms_provider,
  status public.sms_message_status not null default 'pending',
  reason public.sms_reason,
  error_code text,
  attempts smallint not null default 0,
  lookups smallint not null default 0,
  next_attempt_at timestamptz not null,
  not_after timestamptz not null,
  lease_token uuid,
  lease_until timestamptz,
  dispatch_started_at timestamptz,
  maybe_sent_since timestamptz,
  provider_message_id text,
  provider_status text,
  provider_status_at timestamptz,
  sent_at timestamptz,
  final_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  exceeded_limit integer,
  constraint sms_messages_client_id_fkey foreign key (client_id, salon_id)
    references public.clients (id, salon_id) on delete set null (client_id),
  constraint sms_messages_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint sms_messages_lease_is_whole check (
    (status = 'leased') = (lease_token is not null)
    and (lease_token is null) = (lease_until is null)),
  constraint sms_messages_dispatch_has_text check (
    status not in ('leased', 'unknown')
    or coalesce(maybe_sent_since, dispatch_started_at) is null
    or (phone is not null and body is not null))
);

create index sms_messages_due_idx on public.sms_messages (salon_id, next_attempt_at, id)
  where status in ('pending', 'unknown');
-- For private.salons_that_test.
create index sms_messages_waiting_tests_idx on public.sms_messages (salon_id)
  where kind = 'test' and status in ('pending', 'leased', 'unknown');
create index sms_messages_leases_idx on public.sms_messages (lease_until) where status = 'leased';
create unique index sms_messages_provider_message_id_key
  on public.sms_messages (provider, provider_message_id)
  where provider_message_id is not null;
create index sms_messages_client_id_idx on public.sms_messages (client_id, salon_id);
-- private.sms_exceeded_limit counts the messages of a month by the index alone.
create index sms_messages_salon_id_created_at_idx on public.sms_messages (salon_id, created_at)
  include (id, status, phone, segments, maybe_sent_since, dispatch_started_at);
create index sms_messages_phone_idx on public.sms_messages (phone) where phone is not null;

comment on table public.sms_messages is
  'Every SMS, from plan to receipt. Written by the reminder job, and redacted by erasure and '
  'retention.';
comment on column public.sms_messages.id is
  'Sent to the provider as well (idx of SMSAPI), so that it recognizes a repeated POST.';
comment on column public.sms_messages.local_date is
  'Day of the appointments in the salon''s time zone.';
comment on column public.sms_messages.phone_number is 'The client''s number as it was typed.';
comment on column public.sms_messages.phone is 'The same number in E.164.';
comment on column public.sms_messages.body is
  'The text as it was sent, but for the token of a link, of which it shows #…: whoever knows the '
  'token can answer for the client.';
comment on column public.sms_messages.error_code is
  'Code of the provider, or name of a network fault.';
comment on column public.sms_messages.lookups is
  'How often the provider was asked for the message and did not have it.';
comment on column public.sms_messages.not_after is
  'Start of the first appointment minus min_lead. From then on nothing is sent.';
comment on column public.sms_messages.lease_token is
  'Identifies the run that holds the message. An old token cannot change it.';
comment on column public.sms_messages.dispatch_started_at is
  'Set just before the POST. If a lease ends without it, the message was certainly not sent.';
comment on column public.sms_messages.maybe_sent_since is
  'Start of the first POST that may have arrived.';
comment on column public.sms_messages.exceeded_limit is
  'The daily_cap or monthly_cap that kept it from being sent: only a higher one, or another day or '
  'month, lets it be planned again.';

create trigger handle_updated_at
  before update on public.sms_messages
  for each row execute function private.set_updated_at();

alter table public.sms_messages enable row level security;
revoke all on table public.sms_messages from public, anon, authenticated, service_role;
grant select (id, salon_id, client_id, kind, local_date, phone_number, phone, body, encoding,
    segments, sender, provider, status, reason, error_code, attempts, next_attempt_at, not_after,
    provider_status, provider_status_at, sent_at, final_at, created_at, updated_at)
  on table public.sms_messages to authenticated;
grant select, insert, update, delete on table public.sms_messages to service_role;
grant select, insert, update on table public.sms_messages to sms_worker;

create policy "members can see the messages of their salon" on public.sms_messages
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see messages" on public.sms_messages
  for select to sms_worker using (true);
create policy "the SMS worker can create messages" on public.sms_messages
  for insert to sms_worker with check (true);
create policy "the SMS worker can update messages" on public.sms_messages
  for update to sms_worker using (true) with check (true);
