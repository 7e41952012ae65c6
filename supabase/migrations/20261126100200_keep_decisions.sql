-- What was decided about a visit outside Cal.com, and outlasts what Cal.com says of it: that it was
-- completed because nobody said so, and that its person was erased.
-- Objects: column auto_completed_at and index calendar_events_open_idx of calendar_events;
-- private.undo_decisions, private.keep_decisions, private.complete_past_visits; a new body for
-- private.refold_event.
-- Destructive: no. Undo: restore refold_event from 20261123090530, drop the functions, the index
-- and the column.

alter table public.calendar_events add column auto_completed_at timestamptz;
create index calendar_events_open_idx on public.calendar_events (end_time)
  where status in ('scheduled', 'confirmed');
comment on column public.calendar_events.auto_completed_at is
  'When the visit was taken for completed because it was over and nobody said how it ended. Null '
  'when Cal.com said so, or moved or cancelled it since. A no-show that is taken back makes it '
  'completed again.';

create function private.undo_decisions(event public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if event.auto_completed_at is not null then
    event.status := case when event.status = 'completed' then 'scheduled' else event.status end;
    event.status_before_no_show := case when event.status_before_no_show = 'completed'
      then 'scheduled' else event.status_before_no_show end;
  end if;
  return event;
end;
$$;
revoke all on function private.undo_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.undo_decisions(public.calendar_events) to service_role;
comment on function private.undo_decisions(public.calendar_events) is
  'The visit as Cal.com left it. For one that BarkBook inserted, which has no booking to start '
  'from but its own row.';

create function private.keep_decisions(event public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if event.auto_completed_at is not null then
    if event.end_time > event.auto_completed_at
      or event.status not in ('scheduled', 'confirmed', 'no_show') then
      event.auto_completed_at := null;
    elsif event.status = 'no_show' then
      event.status_before_no_show := 'completed';
    else
      event.status := 'completed';
    end if;
  end if;
  event.attendee_email := nullif(event.attendee_email, private.nobody());
  if event.erased_at is not null then
    event.title := 'Wizyta';
    event.description := null;
    event.attendee_email := null;
    event.attendee_phone := null;
    event.location := null;
    event.meeting_url := null;
    event.cancellation_reason := null;
    event.ical_uid := substring(event.ical_uid from '^[^@]+@Cal\.com$');
  end if;
  return event;
end;
$$;
revoke all on function private.keep_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.keep_decisions(public.calendar_events) to service_role;
comment on function private.keep_decisions(public.calendar_events) is
  'The visit as its deliveries make it, with what was decided about it outside Cal.com.';

create or replace function private.refold_event(
  event uuid, salon uuid, delivery public.webhook_logs
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  before public.calendar_events;
  after public.calendar_events;
  is_new boolean;
begin
  if position('#' in delivery.cal_com_event_id) > 0 or (delivery.booking ->> 'seated')::boolean then
    perform private.follow_slot_moves(event, salon);
  end if;
  select e.* into before from public.calendar_events e where e.id = event for update;
  is_new := before.id is null;
  after := before;
  if is_new then
    after.id := event;
    after.cal_com_event_id := delivery.cal_com_event_id;
    after.title := 'Wizyta';
    after.created_at := delivery.occurred_at;
    after.synced_at := delivery.created_at;
    after.updated_at := now();
  end if;
  -- A row that BarkBook wrote may have no salon yet.
  after.salon_id := salon;
  -- Also one made anew, or one that took in an erased one: what was erased stays so.
  after.erased_at := coalesce(after.erased_at, (
    select min(l.erased_at)
    from public.calendar_event_uids u
    join public.webhook_logs l on l.cal_com_event_id = u.cal_com_event_id
    where u.event_id = event and l.erased_at is not null
      -- What another salon erased under this id says nothing of this visit.
      and (l.salon_id is null or l.salon_id = salon)));
  if after.erased_at is not null then
    perform private.erase_deliveries(after);
  end if;
  after := private.keep_decisions(private.fold_event(private.undo_decisions(after)));
  if is_new then
    insert into public.calendar_events values (after.*);
    return true;
  end if;
  if after is not distinct from before then
    return false;
  end if;
  update public.calendar_events e
  set cal_com_event_id = after.cal_com_event_id, salon_id = after.salon_id,
    client_id = after.client_id, pet_id = after.pet_id, link_source = after.link_source,
    title = after.title, description = after.description,
    start_time = after.start_time, end_time = after.end_time,
    status = after.status, status_before_no_show = after.status_before_no_show,
    cancelled_at = after.cancelled_at, cancellation_reason = after.cancellation_reason,
    attendee_email = after.attendee_email, attendee_phone = after.attendee_phone,
    location = after.location, meeting_url = after.meeting_url, ical_uid = after.ical_uid,
    created_at = after.created_at, synced_at = after.synced_at,
    last_event_at = after.last_event_at, auto_completed_at = after.auto_completed_at,
    erased_at = after.erased_at
  where e.id = event;
  return true;
end;
$$;

create function private.complete_past_visits(
  grace interval default '12 hours', batch integer default 1000
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  completed integer;
begin
  update public.calendar_events e
  set status = 'completed', auto_completed_at = now()
  from (
    select o.id from public.calendar_events o
    where o.status in ('scheduled', 'confirmed') and o.end_time < now() - grace
    order by o.end_time
    limit batch
    -- Cal.com says something of it this moment: the next run will see.
    for update skip locked
  ) over
  where e.id = over.id;
  get diagnostics completed = row_count;
  return completed;
end;
$$;
revoke all on function private.complete_past_visits(interval, integer)
  from public, anon, authenticated;
comment on function private.complete_past_visits(interval, integer) is
  'Called by pg_cron: visits that were over a grace ago, and of which Cal.com never said so, are '
  'completed, the oldest first, at most a batch. Returns how many; the job calls it until none is '
  'left, each time in a transaction of its own.';
