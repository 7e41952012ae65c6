-- Comparing Cal.com's bookings with the calendar, so that only what differs is written down.
-- Objects: private.says_what_snapshot_says, private.moved_from_slot with its index,
-- private.snapshot_key.
-- Destructive: no. Undo: drop these functions and the index calendar_events_seat_idx.

create function private.says_what_snapshot_says(salon uuid, booking jsonb, as_of timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  key text := private.event_key(booking);
  seated boolean := (booking ->> 'seated')::boolean;
  event public.calendar_events;
  seat public.calendar_events;
begin
  if (booking ->> 'wholeSlot')::boolean then
    for seat in
      select e.* from public.calendar_event_uids u
      join public.calendar_events e
        on e.id = u.event_id and e.cal_com_event_id = u.cal_com_event_id and e.salon_id = salon
      where u.booking_uid = key
    loop
      if (private.status_by_snapshot(seat, booking, as_of, true)).status <> seat.status then
        return false;
      end if;
    end loop;
    return true;
  end if;

  select e.* into event from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
  where u.cal_com_event_id = key;
  if event.id is null then
    -- The booking that took its place says it all, unless it takes this one to tell which visit it
    -- is. And what was booked seat by seat is a plain booking once its event type is gone.
    return booking -> 'snapshot' ->> 'movedTo' is not null and not exists (
        select from public.calendar_event_uids u
        where u.cal_com_event_id = booking ->> 'rescheduleUid')
      or not seated and exists (
        select from public.calendar_event_uids u
        where u.booking_uid = key and u.cal_com_event_id <> key);
  end if;
  if booking ->> 'rescheduleUid' <> booking ->> 'uid' and not exists (
    select from public.calendar_event_uids u
    where u.cal_com_event_id = booking ->> 'rescheduleUid' and u.event_id = event.id
  ) then
    return false;
  end if;
  if event.cal_com_event_id <> key then
    -- Of a booking that was moved on there is nothing else to learn. A seat may come back.
    return not seated;
  end if;
  return (private.status_by_snapshot(event, booking, as_of, false)).status = event.status
    and event.start_time = (booking ->> 'startTime')::timestamptz
    and event.end_time = (booking ->> 'endTime')::timestamptz
    and coalesce(event.title = booking ->> 'title', true)
    and coalesce(event.location = booking ->> 'location', true)
    -- Missing here: perhaps because the person asked to be forgotten.
    and coalesce(event.attendee_email = booking ->> 'attendeeEmail', true)
    and coalesce(event.attendee_phone = coalesce(
      private.e164(booking ->> 'attendeePhone'), booking ->> 'attendeePhone'), true);
end;
$$;
revoke all on function private.says_what_snapshot_says(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.says_what_snapshot_says(uuid, jsonb, timestamptz)
  to service_role;
comment on function private.says_what_snapshot_says(uuid, jsonb, timestamptz) is
  'Whether the calendar already says what the snapshot would make it say. Then there is nothing to '
  'write down: the log of deliveries shows what webhooks missed, not every look at Cal.com.';

create function private.moved_from_slot(salon uuid, booking jsonb, as_of timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select u.booking_uid
    from public.calendar_events e
    join public.calendar_event_uids u on u.cal_com_event_id = e.cal_com_event_id
    where e.salon_id = salon and position('#' in e.cal_com_event_id) > 0
      and split_part(e.cal_com_event_id, '#', 2) = booking ->> 'seatId'
      and u.booking_uid <> booking ->> 'uid'
      -- What a webhook said of it later is of a later move.
      and e.last_event_at <= as_of
    limit 1
  );
end;
$$;
revoke all on function private.moved_from_slot(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.moved_from_slot(uuid, jsonb, timestamptz) to service_role;
comment on function private.moved_from_slot(uuid, jsonb, timestamptz) is
  'The slot in which the calendar still has a seat that Cal.com lists in another one: a seat that '
  'moves into a slot that exists keeps its id, and the API does not tell where it came from.';
create index calendar_events_seat_idx
  on public.calendar_events (split_part(cal_com_event_id, '#', 2))
  where position('#' in cal_com_event_id) > 0;

create function private.snapshot_key(key text, said jsonb, as_of timestamptz)
returns table (delivery_key text, occurred_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  content text := encode(
    sha256(convert_to((said - 'occurredAt')::text, 'UTF8')), 'hex');
  latest public.webhook_logs;
begin
  select l.* into latest from public.webhook_logs l
  where l.cal_com_event_id = key and l.webhook_type = 'BOOKING_SYNCED' and l.booking is not null
  order by l.occurred_at desc
  limit 1;
  if split_part(latest.delivery_key, '@', 1) = content and not exists (
    select from public.webhook_logs l
    where l.cal_com_event_id in (
        select said ->> 'uid' union all
        select unnest(array[o.cal_com_event_id, o.booking_uid])
        from public.calendar_event_uids u
        join public.calendar_event_uids o on o.event_id = u.event_id
        where u.booking_uid = said ->> 'uid')
      and l.booking is not null and l.occurred_at > latest.occurred_at
  ) then
    return query select latest.delivery_key, latest.occurred_at;
    return;
  end if;
  -- Later than what was seen before, however the clocks that tell so jump.
  as_of := greatest(as_of, latest.occurred_at + interval '1 millisecond');
  return query select content || '@' || to_char(as_of at time zone 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), as_of;
end;
$$;
revoke all on function private.snapshot_key(text, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.snapshot_key(text, jsonb, timestamptz) to service_role;
comment on function private.snapshot_key(text, jsonb, timestamptz) is
  'The delivery a snapshot is: the one it was before if it says the same and nothing was heard of '
  'its visits since, so that it stays one row; a new one if there was, so that it has the last '
  'word again.';
