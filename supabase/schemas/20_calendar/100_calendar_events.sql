-- Appointments, the table that the app shows. BarkBook already has it.

create table if not exists public.calendar_events (
  id uuid primary key default gen_random_uuid(),
  cal_com_event_id text not null constraint calendar_events_cal_com_event_id_key unique,
  salon_id uuid,
  client_id uuid,
  pet_id uuid,
  title text not null,
  description text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  duration_minutes integer,
  status text default 'scheduled',
  attendee_email text,
  attendee_phone text,
  location text,
  meeting_url text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  synced_at timestamptz default now(),
  ical_uid text,
  last_event_at timestamptz,
  status_before_no_show text,
  cancelled_at timestamptz,
  cancellation_reason text,
  link_source public.link_source,
  erased_at timestamptz,
  auto_completed_at timestamptz,
  host_username text,
  host_name text,
  seat_id text,
  attendee_name text,
  fold_state jsonb,
  salon_note text,
  attendance public.appointment_attendance,
  client_response public.client_response,
  client_responded_at timestamptz,
  constraint calendar_events_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  -- They include the salon, so that an appointment cannot name a client or pet of another salon.
  -- Each has one foreign key, under BarkBook's name: with two, PostgREST could not resolve the
  -- app's embed client:clients(...).
  constraint calendar_events_client_id_fkey
    foreign key (client_id, salon_id) references public.clients (id, salon_id)
    on delete set null (client_id),
  constraint calendar_events_pet_id_fkey
    foreign key (pet_id, salon_id) references public.pets (id, salon_id)
    on delete set null (pet_id),
  -- Without a salon those foreign keys would not be checked.
  constraint calendar_events_link_needs_salon
    check (salon_id is not null or (client_id is null and pet_id is null)),
  constraint calendar_events_ends_after_start check (end_time > start_time),
  constraint calendar_events_status_is_valid check (status in
    ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show')),
  -- A later delivery would erase a note that somebody writes after the erasure.
  constraint calendar_events_erased_has_no_salon_note
    check (erased_at is null or salon_note is null)
);

create index if not exists calendar_events_salon_id_start_time_idx
  on public.calendar_events (salon_id, start_time);
-- Includes the start, so that the reminder job finds coming appointments without reading all
-- appointments of a client.
create index if not exists calendar_events_client_id_idx
  on public.calendar_events (client_id, salon_id, start_time);
create index if not exists calendar_events_pet_id_idx
  on public.calendar_events (pet_id, salon_id, start_time);
create index if not exists calendar_events_open_idx on public.calendar_events (end_time)
  where status in ('scheduled', 'confirmed');
create index if not exists calendar_events_seat_idx on public.calendar_events (seat_id)
  where seat_id is not null;
create index if not exists calendar_events_salon_id_created_at_idx
  on public.calendar_events (salon_id, created_at);

comment on table public.calendar_events is
  'One row per appointment: a plain booking, or one seat of a slot. Computed from webhook_logs; '
  'members may assign the client and the pet, write a note, and say who came and what the client '
  'answered.';
comment on column public.calendar_events.cal_com_event_id is
  'The current id in Cal.com: <uid>, or <uid>#<seat> for a seat. Rescheduling changes it.';
comment on column public.calendar_events.status is
  'pending: not confirmed or not paid yet. scheduled, confirmed: will take place. completed, '
  'cancelled, no_show: over.';
comment on column public.calendar_events.created_at is
  'When the appointment was booked in Cal.com.';
comment on column public.calendar_events.synced_at is
  'When the booking first reached this database. synced_at - created_at is the sync lag.';
comment on column public.calendar_events.updated_at is 'When this row last changed.';
comment on column public.calendar_events.last_event_at is
  'The newest stamp of its webhook deliveries, by Cal.com''s clock. Null if there was none.';
comment on column public.calendar_events.duration_minutes is
  'Minutes from start to end, set by a trigger.';
comment on column public.calendar_events.ical_uid is
  'iCalendar UID, <first uid>@Cal.com, unchanged by rescheduling.';
comment on column public.calendar_events.status_before_no_show is
  'The status to restore when a no-show is unmarked.';
comment on column public.calendar_events.link_source is
  'How the client was found; null without a client.';
comment on column public.calendar_events.erased_at is
  'When the client was erased. Later deliveries still change the time and status, but never '
  'restore a name, contact, note or link.';
comment on column public.calendar_events.auto_completed_at is
  'When the appointment was completed automatically because it was over. Null if Cal.com completed '
  'it, or moved or cancelled it since. Unmarking a no-show restores completed.';
comment on column public.calendar_events.host_username is
  'Cal.com username of the person who hosts: for salons with several groomers.';
comment on column public.calendar_events.host_name is 'Name of the person who hosts.';
comment on column public.calendar_events.attendee_name is
  'Name of the booker in Cal.com, for an appointment without a client.';
comment on column public.calendar_events.seat_id is
  'The seat of a slot that several people share; null for a plain booking.';
comment on column public.calendar_events.salon_note is
  'A note of the salon, which Cal.com and the client never see.';
comment on column public.calendar_events.attendance is
  'What staff say. It outweighs the status that Cal.com reports, until it is taken back (null) or '
  'the appointment moves.';
comment on column public.calendar_events.client_response is
  'What the client answered to a reminder, or to a member on the phone, until the appointment '
  'moves. Cal.com''s confirmed means that the host accepted.';
comment on column public.calendar_events.client_responded_at is 'When the client answered.';
comment on column public.calendar_events.fold_state is
  'What private.fold_step needs, beside the row, to add one more delivery. Null for an '
  'appointment that BarkBook inserted, until its first delivery.';

create trigger check_text_lengths
  before update of salon_note on public.calendar_events
  for each row when (current_user = 'authenticated')
  execute function private.check_text_lengths('salon_note', '2000');
create trigger lock_salons
  before update on public.calendar_events
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();

alter table public.calendar_events enable row level security;
revoke all on table public.calendar_events from public, anon, authenticated, service_role;
grant select, update (client_id, pet_id, salon_note, attendance, client_response)
  on table public.calendar_events to authenticated;
grant select, insert, update, delete on table public.calendar_events to service_role;

create policy "members can see their salon's appointments" on public.calendar_events
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can add what the salon knows of an appointment" on public.calendar_events
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
