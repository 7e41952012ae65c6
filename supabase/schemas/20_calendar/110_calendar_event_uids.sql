-- Every uid that an appointment has had in Cal.com, with its seat. Deliveries find appointments by
-- them.

-- The foreign key is checked at the end of the transaction, because the uids are written before the
-- row, which is computed from the deliveries under them.
create table public.calendar_event_uids (
  booking_uid text not null,
  seat_id text not null default '',
  event_id uuid not null references public.calendar_events (id) on delete cascade
    deferrable initially deferred,
  replaced_uid text,
  replaced_seat_id text,
  is_guess boolean not null default false,
  generation integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  primary key (booking_uid, seat_id),
  constraint calendar_event_uids_replaced_is_whole
    check ((replaced_uid is null) = (replaced_seat_id is null)),
  constraint calendar_event_uids_guess_replaces check (not is_guess or replaced_uid is not null)
);

create index calendar_event_uids_event_id_generation_idx
  on public.calendar_event_uids (event_id, generation);
create index calendar_event_uids_guess_idx on public.calendar_event_uids (event_id) where is_guess;
create index calendar_event_uids_seat_id_idx
  on public.calendar_event_uids (seat_id) where seat_id <> '';

comment on table public.calendar_event_uids is
  'Every uid that an appointment has had in Cal.com. A late delivery for an old uid still finds '
  'its appointment.';
comment on column public.calendar_event_uids.seat_id is
  'The seat, for an appointment in a slot that several people share; empty for a plain booking.';
comment on column public.calendar_event_uids.replaced_uid is
  'The previous uid, before the reschedule that led to this one. With replaced_seat_id.';
comment on column public.calendar_event_uids.is_guess is
  'The predecessor is unknown. replaced_uid is a guess: the first uid of the booking, read from '
  'its iCalendar UID. A known predecessor replaces it.';
comment on column public.calendar_event_uids.generation is
  'The position of the uid in the chain of reschedules. The moves of a seat that keeps its id '
  'share one. See private.number_generations.';
comment on column public.calendar_event_uids.created_at is
  'When it was registered. The first appointment under a uid decides whose it is: see '
  'private.owner_of_booking.';

-- Only the sync needs old uids, so there is no policy.
alter table public.calendar_event_uids enable row level security;
revoke all on table public.calendar_event_uids from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.calendar_event_uids to service_role;
