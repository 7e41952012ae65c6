-- Which appointments a message is about.

create table public.sms_message_events (
  event_id uuid not null,
  start_time timestamptz not null,
  kind text not null,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  primary key (event_id, start_time, kind)
);

create index sms_message_events_message_id_idx on public.sms_message_events (message_id);

comment on table public.sms_message_events is
  'Which appointments a message is about. The key is what keeps an appointment from being reminded of twice; '
  'an appointment that moves to another time has a new one.';
comment on column public.sms_message_events.event_id is
  'Of calendar_events. No foreign key: checking it would lock the appointment, and planning many of them '
  'would deadlock with the webhooks that change them. A trigger keeps them together.';

alter table public.sms_message_events enable row level security;
revoke all on table public.sms_message_events from public, anon, authenticated, service_role;
grant select on table public.sms_message_events to authenticated;
grant select, insert, update, delete on table public.sms_message_events
  to service_role, sms_worker;

-- The subquery runs under the caller's own policies.
create policy "members can see which appointments a message was about" on public.sms_message_events
  for select to authenticated
  using (exists (select from public.sms_messages m where m.id = message_id));
create policy "the SMS worker sees which appointments are covered" on public.sms_message_events
  for select to sms_worker using (true);
create policy "the SMS worker covers appointments" on public.sms_message_events
  for insert to sms_worker with check (true);
create policy "the SMS worker can cover an appointment anew" on public.sms_message_events
  for update to sms_worker using (true) with check (true);
create policy "the SMS worker lets go of appointments that moved" on public.sms_message_events
  for delete to sms_worker using (true);
