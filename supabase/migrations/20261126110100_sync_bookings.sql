-- Comparing Cal.com's bookings with the calendar, and writing down only what differs.
-- Objects: private.says_what_snapshot_says, private.moved_from_slot, private.snapshot_key,
-- private.sync_booking, public.sync_bookings.
-- Destructive: no. Undo: drop these functions.

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
    where e.salon_id = salon and split_part(e.cal_com_event_id, '#', 2) = booking ->> 'seatId'
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

create function private.sync_booking(
  salon uuid, booking jsonb, payload jsonb, out action text, out reason text
)
language plpgsql
set search_path = ''
as $$
declare
  as_of timestamptz := (booking ->> 'occurredAt')::timestamptz;
  key text := private.event_key(booking);
  snapshot record;
  slot text;
  result record;
begin
  action := 'unchanged';
  if private.says_what_snapshot_says(salon, booking, as_of) then
    return;
  end if;
  select k.* into snapshot from private.snapshot_key(key, booking, as_of) k;
  if booking ->> 'seatId' is not null then
    slot := private.moved_from_slot(salon, booking, as_of);
  end if;
  booking := booking || jsonb_build_object(
    'occurredAt', snapshot.occurred_at,
    'rescheduleUid', coalesce(slot, booking ->> 'rescheduleUid'));
  -- One more lock while the salon's is held: whoever has it may be waiting for the salon's.
  if slot is not null and not private.try_lock_booking(booking) then
    action := 'failed';
    reason := 'busy';
    return;
  end if;
  select u.* into result
  from public.upsert_calendar_event(snapshot.delivery_key, 'BOOKING_SYNCED', payload, booking) u;
  -- The fold takes the clock of a delivery for the age of the booking; a snapshot knows better.
  update public.calendar_events e
  set created_at = (booking -> 'snapshot' ->> 'createdAt')::timestamptz
  where e.id = result.event_id and not (booking ->> 'wholeSlot')::boolean
    and e.created_at > (booking -> 'snapshot' ->> 'createdAt')::timestamptz;
  if result.action <> 'duplicate' then
    action := result.action;
    reason := result.reason;
  end if;
end;
$$;
revoke all on function private.sync_booking(uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.sync_booking(uuid, jsonb, jsonb) to service_role;
comment on function private.sync_booking(uuid, jsonb, jsonb) is
  'Brings the calendar in line with one snapshot. action: unchanged, if it was, or cannot be any '
  'further; failed with reason busy, if its booking is being written at this moment; otherwise what '
  'upsert_calendar_event says.';

create function public.sync_bookings(p_salon_id uuid, p_snapshots jsonb)
returns table (action text, code text, snapshots bigint)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  host text;
  ours jsonb[];
  item jsonb;
  done record;
  failure text;
  answers jsonb := '[]'::jsonb;
begin
  select s.cal_com_username into host from public.salons s where s.id = p_salon_id;
  if host is null then
    raise exception 'Salon % is unknown or has no Cal.com username', p_salon_id
      using errcode = 'no_data_found', hint = 'Set salons.cal_com_username.';
  end if;
  -- Whatever the API said of the host, this is the salon whose key it was asked with.
  ours := array(
    select jsonb_set(i.item, '{booking,organizerUsername}', to_jsonb(host))
    from jsonb_array_elements(p_snapshots) with ordinality as i (item, position)
    order by i.position);
  perform private.lock_bookings(variadic array(select i -> 'booking' from unnest(ours) i));
  foreach item in array ours loop
    begin
      done := private.sync_booking(p_salon_id, item -> 'booking', item -> 'payload');
      answers := answers || jsonb_build_object('action', done.action, 'code', done.reason);
    exception
      when others then
        -- The code, never the message: it quotes personal data.
        get stacked diagnostics failure = returned_sqlstate;
        answers := answers || jsonb_build_object('action', 'failed', 'code', failure);
    end;
  end loop;
  return query
    select a.action, a.code, count(*)
    from jsonb_to_recordset(answers) as a (action text, code text)
    group by a.action, a.code;
end;
$$;
revoke all on function public.sync_bookings(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.sync_bookings(uuid, jsonb) to service_role;
comment on function public.sync_bookings(uuid, jsonb) is
  'Takes what Cal.com''s API says of a salon''s bookings: an array of {booking, payload}, booking a '
  'CalendarBooking with a snapshot, each slot after its seats. Answers how many were applied, '
  'unchanged, stale, deferred (code: the reason) or failed (code: SQLSTATE); one that fails leaves '
  'the others alone. The salon''s other deliveries wait meanwhile, so send a few at a time. Called '
  'by functions/calcom-sync.';
