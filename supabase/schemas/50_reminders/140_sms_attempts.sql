-- Every attempt to send a message.

create table public.sms_attempts (
  lease_token uuid primary key,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  provider public.sms_provider not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome public.sms_attempt_outcome,
  code text,
  provider_message_id text
);

create index sms_attempts_message_id_idx on public.sms_attempts (message_id);

comment on table public.sms_attempts is
  'Every POST to a provider that sms_begin_dispatch allowed, and its outcome.';
comment on column public.sms_attempts.outcome is
  'Null while the POST runs, and for good if its run ended without settling it.';
comment on column public.sms_attempts.code is 'Code of the provider, or name of a network fault.';

alter table public.sms_attempts enable row level security;
revoke all on table public.sms_attempts from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_attempts to service_role;
grant select, insert, update on table public.sms_attempts to sms_worker;

create policy "the SMS worker can see attempts" on public.sms_attempts
  for select to sms_worker using (true);
create policy "the SMS worker can record attempts" on public.sms_attempts
  for insert to sms_worker with check (true);
create policy "the SMS worker can record the outcome of an attempt" on public.sms_attempts
  for update to sms_worker using (true) with check (true);
