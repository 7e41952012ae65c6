-- What happened to appointments that clients are told at once. Read by private.sms_occasions.

create table private.sms_changes (
  event_id uuid not null,
  kind public.sms_message_kind not null,
  salon_id uuid not null,
  happened_at timestamptz not null,
  known_start timestamptz,
  primary key (event_id, kind),
  constraint sms_changes_kind_is_notice check (kind in ('booked', 'moved', 'cancelled'))
);

create index sms_changes_salon_id_idx on private.sms_changes (salon_id);

comment on table private.sms_changes is
  'Appointments that were booked, moved or cancelled while the salon sends such notices. A notice '
  'is planned for a day; retention removes the row.';
comment on column private.sms_changes.event_id is
  'Id in calendar_events, without a foreign key for the same reason as in sms_message_events.';
comment on column private.sms_changes.known_start is
  'Of a move: the start before it, or before the first of several moves within a day. A client who '
  'was told nothing and whose appointment is there again needs no notice.';

alter table private.sms_changes enable row level security;
revoke all on table private.sms_changes from public, anon, authenticated, service_role;
-- To delete appointments.
grant select, delete on table private.sms_changes to service_role;
grant select on table private.sms_changes to sms_worker;

create policy "the SMS worker can see changes" on private.sms_changes
  for select to sms_worker using (true);
