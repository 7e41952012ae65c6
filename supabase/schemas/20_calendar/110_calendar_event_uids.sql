-- Every id that an appointment has had in Cal.com. Deliveries find appointments by them.

-- The foreign key is checked at the end of the transaction, because the ids are written before the
-- row that is folded from them.
create table public.calendar_event_uids (
  cal_com_event_id text primary key,
  booking_uid text not null,
  event_id uuid not null references public.calendar_events (id) on delete cascade
    deferrable initially deferred,
  replaces text,
  generation integer not null default 0,
  created_at timestamptz not null default now()
);

create index calendar_event_uids_event_id_idx
  on public.calendar_event_uids (event_id);
create index calendar_event_uids_booking_uid_idx
  on public.calendar_event_uids (booking_uid);

comment on table public.calendar_event_uids is
  'Every id that an appointment has had in Cal.com. A late delivery for an old id still finds its '
  'appointment.';
comment on column public.calendar_event_uids.booking_uid is
  'The uid without the seat, shared by all seats of a slot.';
comment on column public.calendar_event_uids.replaces is
  'The previous id, before the reschedule that led to this one.';
comment on column public.calendar_event_uids.generation is
  'How many reschedules led to this id. Meaningless for a seat, which may return to a slot.';

-- Only the sync needs old ids, so there is no policy.
alter table public.calendar_event_uids enable row level security;
revoke all on table public.calendar_event_uids from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.calendar_event_uids to service_role;
