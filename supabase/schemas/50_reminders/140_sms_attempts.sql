-- Every request to a provider.

create table public.sms_attempts (
  lease_token uuid primary key,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  provider text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text,
  code text,
  provider_message_id text
);

create index sms_attempts_message_id_idx on public.sms_attempts (message_id);

comment on table public.sms_attempts is
  'Every POST to a gateway that was allowed to start, and what came of it.';

alter table public.sms_attempts enable row level security;
revoke all on table public.sms_attempts from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_attempts to service_role;
grant select, insert, update on table public.sms_attempts to sms_worker;

create policy "the SMS worker sees its attempts" on public.sms_attempts
  for select to sms_worker using (true);
create policy "the SMS worker notes attempts" on public.sms_attempts
  for insert to sms_worker with check (true);
create policy "the SMS worker notes what came of them" on public.sms_attempts
  for update to sms_worker using (true) with check (true);
