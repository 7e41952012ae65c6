-- Every id that an appointment has had in Cal.com, by which deliveries find it.

-- Its foreign key waits for the end of the transaction: the ids are what the row is folded from,
-- so they come first.
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
  'Every id an appointment ever had in Cal.com. A late delivery for an old id still finds its appointment.';
comment on column public.calendar_event_uids.booking_uid is
  'The uid without the seat: what all seats of a slot share.';
comment on column public.calendar_event_uids.replaces is
  'The id the appointment had before it was rescheduled to this one.';
comment on column public.calendar_event_uids.generation is
  'How many reschedules led to this id. Says nothing for a seat, which may come back to a slot.';

-- Nobody but the sync needs the old ids, so there is no policy.
alter table public.calendar_event_uids enable row level security;
revoke all on table public.calendar_event_uids from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.calendar_event_uids to service_role;
