-- Which appointments a message covers.

create table public.sms_message_events (
  event_id uuid not null,
  start_time timestamptz not null,
  kind public.sms_message_kind not null,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  salon_id uuid not null,
  primary key (event_id, start_time, kind)
);

create index sms_message_events_message_id_idx on public.sms_message_events (message_id);

comment on table public.sms_message_events is
  'Which appointments a message covers. The primary key prevents a second reminder of the same '
  'appointment and start time. An appointment that moves to another time can be covered again.';
comment on column public.sms_message_events.event_id is
  'Id in calendar_events. There is no foreign key, because checking it would lock the appointment, '
  'and planning many of them would deadlock with the deliveries that change them. A trigger '
  'removes the rows of a deleted appointment.';
comment on column public.sms_message_events.salon_id is
  'The salon of the message, so that the policy need not read the message. There is no foreign '
  'key, because the row is deleted with its message.';

alter table public.sms_message_events enable row level security;
revoke all on table public.sms_message_events from public, anon, authenticated, service_role;
grant select on table public.sms_message_events to authenticated;
grant select, insert, update, delete on table public.sms_message_events
  to service_role, sms_worker;

create policy "members can see which appointments a message covers" on public.sms_message_events
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see which appointments are covered" on public.sms_message_events
  for select to sms_worker using (true);
create policy "the SMS worker can cover appointments" on public.sms_message_events
  for insert to sms_worker with check (true);
create policy "the SMS worker can cover an appointment by another message"
  on public.sms_message_events for update to sms_worker using (true) with check (true);
create policy "the SMS worker can release appointments that moved" on public.sms_message_events
  for delete to sms_worker using (true);
