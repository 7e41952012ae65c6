-- Providers that are paused.

create table public.sms_provider_state (
  provider public.sms_provider primary key,
  paused_until timestamptz not null,
  reason text not null
);

comment on table public.sms_provider_state is
  'Providers that refused our account (credentials, credit, sender). No message is claimed for '
  'them until paused_until. reason is the provider''s code.';

alter table public.sms_provider_state enable row level security;
revoke all on table public.sms_provider_state from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_provider_state to service_role;
grant select, insert, update on table public.sms_provider_state to sms_worker;

create policy "the SMS worker can see which providers are paused" on public.sms_provider_state
  for select to sms_worker using (true);
create policy "the SMS worker can pause a provider" on public.sms_provider_state
  for insert to sms_worker with check (true);
create policy "the SMS worker can extend a pause" on public.sms_provider_state
  for update to sms_worker using (true) with check (true);
