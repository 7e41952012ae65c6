-- The calendar: what is booked, and every id it ever had.
-- Objects: tables calendar_events and calendar_event_uids with triggers and policies.
-- BarkBook's table is kept and completed; its policies on it are replaced.
-- Destructive: BarkBook's policies; a link of an event to a client or pet of another salon is
-- cleared. Undo: drop calendar_event_uids and the added columns.

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
  synced_at timestamptz default now()
);
alter table public.calendar_events
  add column if not exists ical_uid text,
  add column if not exists last_event_at timestamptz,
  add column if not exists status_before_no_show text,
  add column if not exists cancelled_at timestamptz,
  add column if not exists cancellation_reason text,
  add column if not exists link_source text;

select private.ensure_constraint('public.calendar_events',
  'calendar_events_ends_after_start', 'check (end_time > start_time)');
select private.ensure_constraint('public.calendar_events',
  'calendar_events_status_is_valid', $$check (status in
    ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show'))$$);
select private.ensure_constraint('public.calendar_events',
  'calendar_events_link_source_is_valid',
  $$check (link_source in ('metadata', 'phone', 'email', 'manual'))$$);
select private.ensure_constraint('public.calendar_events',
  'calendar_events_salon_id_fkey',
  'foreign key (salon_id) references public.salons (id) on delete cascade');

-- BarkBook left the salon out where a booking carried no metadata; a client or pet tells it.
update public.calendar_events e set salon_id = coalesce(
  (select c.salon_id from public.clients c where c.id = e.client_id),
  (select p.salon_id from public.pets p where p.id = e.pet_id)
)
where e.salon_id is null and (e.client_id is not null or e.pet_id is not null);

-- One foreign key to each of clients and pets, under BarkBook's names: PostgREST could not tell
-- two apart when the app embeds client:clients(...).
update public.calendar_events e set client_id = null
where client_id is not null
  and not exists (
    select from public.clients c where c.id = e.client_id and c.salon_id = e.salon_id);
update public.calendar_events e set pet_id = null
where pet_id is not null
  and not exists (select from public.pets p where p.id = e.pet_id and p.salon_id = e.salon_id);
alter table public.calendar_events
  drop constraint if exists calendar_events_client_id_fkey,
  drop constraint if exists calendar_events_pet_id_fkey,
  add constraint calendar_events_client_id_fkey
    foreign key (client_id, salon_id) references public.clients (id, salon_id)
    on delete set null (client_id),
  add constraint calendar_events_pet_id_fkey
    foreign key (pet_id, salon_id) references public.pets (id, salon_id)
    on delete set null (pet_id);

-- Without a salon the foreign keys above would not be looked at.
select private.ensure_constraint('public.calendar_events',
  'calendar_events_link_needs_salon',
  'check (salon_id is not null or (client_id is null and pet_id is null))');

create index if not exists calendar_events_salon_id_start_time_idx
  on public.calendar_events (salon_id, start_time);
create index if not exists calendar_events_client_id_idx
  on public.calendar_events (client_id, salon_id);
create index if not exists calendar_events_pet_id_idx
  on public.calendar_events (pet_id, salon_id, start_time);

comment on table public.calendar_events is
  'One row per visit: a plain booking, or one seat of a slot with several. Written by '
  'upsert_calendar_event only; members may assign the client and the pet.';
comment on column public.calendar_events.cal_com_event_id is
  'The uid Cal.com uses now, as <uid>, or <uid>#<seat> for a seat. A reschedule changes it.';
comment on column public.calendar_events.status is
  'pending: not confirmed or not paid yet. scheduled, confirmed: will take place. completed, '
  'cancelled, no_show: over.';
comment on column public.calendar_events.created_at is 'When the visit was booked in Cal.com.';
comment on column public.calendar_events.synced_at is
  'When that booking first reached this database: synced_at - created_at is the sync lag.';
comment on column public.calendar_events.updated_at is 'When this row last changed.';
comment on column public.calendar_events.last_event_at is
  'When the last thing that happened to the visit happened, by Cal.com''s clock.';
comment on column public.calendar_events.duration_minutes is
  'Minutes between start and end; kept by a trigger.';
comment on column public.calendar_events.ical_uid is
  'iCalendar UID, <first uid>@Cal.com, the same over reschedules.';
comment on column public.calendar_events.status_before_no_show is
  'The status to return to when a no-show is taken back.';
comment on column public.calendar_events.link_source is
  'How the client was found: metadata (named by the app that booked), phone, email, or manual '
  '(a member chose; Cal.com never changes it again).';

-- Its foreign key waits for the end of the transaction: the ids are what the row is folded from,
-- so they come first.
create table if not exists public.calendar_event_uids (
  cal_com_event_id text primary key,
  booking_uid text not null,
  event_id uuid not null references public.calendar_events (id) on delete cascade
    deferrable initially deferred,
  replaces text,
  generation integer not null default 0,
  created_at timestamptz not null default now()
);
create index if not exists calendar_event_uids_event_id_idx
  on public.calendar_event_uids (event_id);
create index if not exists calendar_event_uids_booking_uid_idx
  on public.calendar_event_uids (booking_uid);
comment on table public.calendar_event_uids is
  'Every id a visit ever had in Cal.com. A late delivery for an old id still finds its visit.';
comment on column public.calendar_event_uids.booking_uid is
  'The uid without the seat: what all seats of a slot share.';
comment on column public.calendar_event_uids.replaces is
  'The id the visit had before it was rescheduled to this one.';
comment on column public.calendar_event_uids.generation is
  'How many reschedules led to this id. Says nothing for a seat, which may come back to a slot.';

create function private.derive_event_columns()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.duration_minutes := round(extract(epoch from new.end_time - new.start_time) / 60);
  if tg_op = 'UPDATE' then
    new.updated_at := now();
    if current_user = 'authenticated'
      and (new.client_id, new.pet_id) is distinct from (old.client_id, old.pet_id) then
      new.link_source := 'manual';
    end if;
  end if;
  return new;
end;
$$;
revoke all on function private.derive_event_columns() from public, anon, authenticated;
comment on function private.derive_event_columns() is
  'Trigger: duration, updated_at, and that a member chose the client or pet.';
create or replace trigger derive_event_columns
  before insert or update on public.calendar_events
  for each row execute function private.derive_event_columns();

create function private.register_event_uid()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id)
  values (new.cal_com_event_id, split_part(new.cal_com_event_id, '#', 1), new.id)
  on conflict (cal_com_event_id) do nothing;
  return null;
end;
$$;
revoke all on function private.register_event_uid() from public, anon, authenticated;
comment on function private.register_event_uid() is
  'Trigger: a visit that somebody else than the sync inserted (BarkBook''s own webhook did) can be '
  'found by its id as well.';
create or replace trigger register_event_uid
  after insert on public.calendar_events
  for each row when (new.last_event_at is null) execute function private.register_event_uid();

alter table public.calendar_events enable row level security;
select private.drop_policies('public.calendar_events');
revoke all on table public.calendar_events from public, anon, authenticated, service_role;
grant select, update (client_id, pet_id) on table public.calendar_events to authenticated;
grant select, insert, update, delete on table public.calendar_events to service_role;

create policy "members can see their salon's events" on public.calendar_events
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "members can assign client and pet" on public.calendar_events
  for update to authenticated
  using (salon_id = any (array(select private.salon_ids())))
  with check (salon_id = any (array(select private.salon_ids())));

-- Nobody but the sync needs the old ids, so there is no policy.
alter table public.calendar_event_uids enable row level security;
revoke all on table public.calendar_event_uids from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.calendar_event_uids to service_role;

-- Last, since the rows it adds still wait for their deferred foreign key, which would keep the
-- table from being altered.
insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id)
select e.cal_com_event_id, split_part(e.cal_com_event_id, '#', 1), e.id
from public.calendar_events e
on conflict (cal_com_event_id) do nothing;
