-- The calendar: what is booked, every id it ever had, and every delivery that said so.
-- Objects: tables calendar_events, calendar_event_uids, webhook_logs with triggers and policies.
-- BarkBook's tables are kept and completed; its policies on them are replaced (one of them let
-- anyone with the anon key read every webhook payload).
-- Destructive: BarkBook's policies on these tables; a link of an event to a client or pet of
-- another salon is cleared. Undo: drop calendar_event_uids and the added columns.

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
  'How many reschedules led to this id.';

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

create function private.books_a_time(webhook_type text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return webhook_type in (
    'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID',
    'BOOKING_RESCHEDULED'
  );
end;
$$;
revoke all on function private.books_a_time(text) from public, anon, authenticated;
grant execute on function private.books_a_time(text) to service_role;
comment on function private.books_a_time(text) is
  'Whether a trigger brings the whole booking, so that a visit can be made from it. The others '
  '(cancelled, ended, no-show) say something about a visit that must be known already.';

create function private.precedence(webhook_type text)
returns integer
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    when 'BOOKING_PAID' then 3
    when 'BOOKING_RESCHEDULED' then 4
    when 'MEETING_ENDED' then 5
    when 'BOOKING_NO_SHOW_UPDATED' then 6
    when 'BOOKING_REJECTED' then 7
    when 'BOOKING_CANCELLED' then 8
    else 0
  end;
end;
$$;
revoke all on function private.precedence(text) from public, anon, authenticated;
grant execute on function private.precedence(text) to service_role;
comment on function private.precedence(text) is
  'Who has the last word when two things happened at the same moment: the higher one.';

create table if not exists public.webhook_logs (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id),
  webhook_type text not null,
  payload jsonb not null,
  status text not null default 'processing',
  error_message text,
  processed_at timestamptz,
  cal_com_event_id text
);
alter table public.webhook_logs
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists delivery_key text,
  add column if not exists booking jsonb,
  add column if not exists occurred_at timestamptz,
  add column if not exists action text,
  add column if not exists warnings text[] not null default '{}',
  add column if not exists attempts integer not null default 0,
  add column if not exists next_attempt_at timestamptz,
  add column if not exists duration_ms numeric(10, 1),
  add column if not exists books_a_time boolean not null
    generated always as (private.books_a_time(webhook_type)) stored,
  add column if not exists precedence integer not null
    generated always as (private.precedence(webhook_type)) stored,
  alter column status set default 'processing',
  alter column processed_at drop default;
-- A salon that leaves takes its log with it.
alter table public.webhook_logs
  drop constraint if exists webhook_logs_salon_id_fkey,
  add constraint webhook_logs_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade;
select private.ensure_constraint('public.webhook_logs',
  'webhook_logs_status_is_valid', $$check (status in ('processing', 'success', 'error'))$$);
select private.ensure_constraint('public.webhook_logs',
  'webhook_logs_action_is_valid', $$check (action in
    ('applied', 'stale', 'deferred', 'ignored', 'invalid'))$$);

create unique index if not exists webhook_logs_delivery_key_key
  on public.webhook_logs (delivery_key);
create index if not exists webhook_logs_created_at_idx on public.webhook_logs (created_at);
create index if not exists webhook_logs_salon_id_created_at_idx
  on public.webhook_logs (salon_id, created_at);
create index if not exists webhook_logs_cal_com_event_id_idx
  on public.webhook_logs (cal_com_event_id);
create index if not exists webhook_logs_slot_moves_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where webhook_type = 'BOOKING_RESCHEDULED' and (booking ->> 'wholeSlot')::boolean;
create index if not exists webhook_logs_waiting_idx
  on public.webhook_logs (cal_com_event_id)
  where status <> 'success';
create index if not exists webhook_logs_without_salon_idx
  on public.webhook_logs (lower(booking ->> 'organizerUsername'))
  where salon_id is null and status = 'error';

comment on table public.webhook_logs is
  'Every authentic delivery, whatever became of it. The rows that carry a booking are also the '
  'source calendar_events is computed from.';
comment on column public.webhook_logs.webhook_type is 'Cal.com''s triggerEvent.';
comment on column public.webhook_logs.payload is
  'The body as it came; {"raw": text} if it was not JSON. Personal data: not readable by members.';
comment on column public.webhook_logs.booking is
  'What shared/calcom read from the body: a CalendarBooking. Null if it is not about a booking.';
comment on column public.webhook_logs.status is
  'success: done, also when there was nothing to do. processing: waits for its booking to appear. '
  'error: error_message says why, and what to do.';
comment on column public.webhook_logs.action is
  'applied: the visit changed. stale: newer or repeated news left nothing to change. deferred: '
  'kept, and applied later. ignored: a trigger that moves no visit. invalid: unusable body.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: the same bytes are the same delivery.';
comment on column public.webhook_logs.cal_com_event_id is
  'The id the delivery is about: <uid>, or <uid>#<seat>.';
comment on column public.webhook_logs.occurred_at is
  'When it happened by Cal.com''s clock, never later than its arrival.';
comment on column public.webhook_logs.warnings is
  'client_refused, pet_refused: metadata named one that is not of this salon, or not of this '
  'person. series_unverified: may stand for other occurrences too. attendee_without_seat: names '
  'somebody whose seat is unknown here.';
comment on column public.webhook_logs.books_a_time is 'See private.books_a_time.';
comment on column public.webhook_logs.precedence is 'See private.precedence.';
comment on column public.webhook_logs.duration_ms is 'Milliseconds the database spent on it.';

-- access ------------------------------------------------------------------------------------

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

alter table public.webhook_logs enable row level security;
select private.drop_policies('public.webhook_logs');
revoke all on table public.webhook_logs from public, anon, authenticated, service_role;
grant select (
  id, salon_id, webhook_type, status, error_message, cal_com_event_id, created_at, processed_at,
  action, warnings, occurred_at, attempts, next_attempt_at, duration_ms
) on table public.webhook_logs to authenticated;
grant select, insert, update, delete on table public.webhook_logs to service_role;

create policy "members can see their salon's deliveries" on public.webhook_logs
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));

-- Last, since the rows it adds still wait for their deferred foreign key, which would keep the
-- table from being altered.
insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id)
select e.cal_com_event_id, split_part(e.cal_com_event_id, '#', 1), e.id
from public.calendar_events e
on conflict (cal_com_event_id) do nothing;
