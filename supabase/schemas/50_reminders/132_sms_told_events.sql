-- What the text of each message named. Read by private.sms_last_text.

create table private.sms_told_events (
  event_id uuid not null,
  start_time timestamptz not null,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  primary key (event_id, message_id)
);

create index sms_told_events_message_id_idx on private.sms_told_events (message_id);

comment on table private.sms_told_events is
  'Which appointments and starts the text of a message named, written when its POST begins. Unlike '
  'sms_message_events, whose rows pass to the next message, it keeps what a number was told. From '
  'the first POST that may have arrived on, a message is only repeated as it was, so its rows stay.';
comment on column private.sms_told_events.start_time is
  'infinity: the text said that the appointment was cancelled.';
comment on column private.sms_told_events.event_id is
  'Id in calendar_events, without a foreign key for the same reason as in sms_message_events.';

alter table private.sms_told_events enable row level security;
revoke all on table private.sms_told_events from public, anon, authenticated, service_role;
-- To merge and to delete appointments.
grant select, insert, delete on table private.sms_told_events to service_role;
grant select, insert, delete on table private.sms_told_events to sms_worker;

create policy "the SMS worker can see what was told" on private.sms_told_events
  for select to sms_worker using (true);
create policy "the SMS worker can record what is told" on private.sms_told_events
  for insert to sms_worker with check (true);
create policy "the SMS worker can remove what was certainly not told" on private.sms_told_events
  for delete to sms_worker using (true);
