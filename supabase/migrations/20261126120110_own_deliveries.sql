-- A visit is made of the deliveries of its own salon, and of no others.
-- Objects: private.first_heard_of. Changed: private.was_there, take_kept_place,
-- apply_waiting_bookings, settle_waiting, follow_slot_moves, and one condition of fold_event.
-- Destructive: no. Undo: create the changed functions as they were, drop the new one.

-- What one salon says of an id that it does not have must not count for the salon that has it.
create function private.first_heard_of(key text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.occurred_at)
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    join public.webhook_logs l
      on l.cal_com_event_id = u.cal_com_event_id and l.salon_id = e.salon_id
    where u.cal_com_event_id = key
  );
end;
$$;
revoke all on function private.first_heard_of(text) from public, anon, authenticated;
grant execute on function private.first_heard_of(text) to service_role;
comment on function private.first_heard_of(text) is
  'When the first thing happened that the salon of a booking or seat heard of it.';

create or replace function private.was_there(seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(private.first_heard_of(seat) <= moved_at, true);
end;
$$;

create or replace function private.take_kept_place(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  unseen text := (booking ->> 'uid') || '#' || private.seat_of(booking - 'seatId');
begin
  if unseen = key or private.first_heard_of(unseen) is not null then
    return;
  end if;
  if exists (select from public.calendar_event_uids u where u.cal_com_event_id = key) then
    -- It came back before it was heard of, and this is how it all began.
    if old_key is null then
      update public.calendar_event_uids set replaces = key where replaces = unseen;
      delete from public.calendar_event_uids u
      using public.calendar_event_uids k
      where u.cal_com_event_id = unseen
        and k.cal_com_event_id = key and k.event_id = u.event_id;
    end if;
    return;
  end if;
  -- One that comes back may not be the one that is kept a place for.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.cal_com_event_id = unseen and o.cal_com_event_id = old_key
  ) then
    return;
  end if;
  update public.calendar_event_uids set cal_com_event_id = key where cal_com_event_id = unseen;
  if found then
    update public.calendar_event_uids set replaces = key where replaces = unseen;
  end if;
end;
$$;

create or replace function private.apply_waiting_bookings(uids text[], salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  waiting public.webhook_logs;
  applied boolean := false;
begin
  for waiting in
    select l.* from public.webhook_logs l
    where l.status <> 'success' and l.books_a_time and l.salon_id = salon
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    order by l.occurred_at
  loop
    -- One that was applied before may have brought this one along.
    continue when not exists (
      select from public.webhook_logs l where l.id = waiting.id and l.status <> 'success')
      or not private.try_lock_booking(waiting.booking);
    perform private.process_delivery(waiting);
    applied := true;
  end loop;
  return applied;
end;
$$;

create or replace function private.settle_waiting(event uuid, applied uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set status = 'success', action = 'applied', error_message = null,
    processed_at = clock_timestamp(), next_attempt_at = null
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.event_id = event and l.cal_com_event_id in (u.cal_com_event_id, u.booking_uid)
    and l.status <> 'success' and not l.books_a_time and l.id <> applied
    and l.salon_id = e.salon_id
    -- What waits for a slot may be about another of its seats, or about all of them: those that
    -- are known already learn of it when it is tried again.
    and (l.cal_com_event_id = u.cal_com_event_id
      or (l.booking ->> 'wholeSlot')::boolean and not exists (
        select from public.calendar_event_uids other
        where other.booking_uid = u.booking_uid and other.event_id <> event)
      or private.names_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null);
end;
$$;

create or replace function private.follow_slot_moves(event uuid, salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  loop
    insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id, replaces)
    select (l.booking ->> 'uid') || '#' || split_part(u.cal_com_event_id, '#', 2),
      l.booking ->> 'uid', event, u.cal_com_event_id
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking ->> 'rescheduleUid' = u.booking_uid
    where u.event_id = event
      and l.webhook_type = 'BOOKING_RESCHEDULED' and (l.booking ->> 'wholeSlot')::boolean
      and l.booking ->> 'uid' <> u.booking_uid
      and l.salon_id = salon
      and not exists (
        select from public.calendar_event_uids later
        where later.event_id = event and later.replaces = u.cal_com_event_id)
    on conflict (cal_com_event_id) do nothing;
    exit when not found;
    perform private.number_generations(event);
  end loop;
end;
$$;

-- The same condition in fold_event, which is long and says much else: only that is changed.
do $$
declare
  fold constant regprocedure := 'private.fold_event(public.calendar_events)';
  any_salon constant text := '(l.salon_id is null or l.salon_id = event.salon_id)';
begin
  if position(any_salon in pg_get_functiondef(fold)) = 0 then
    raise exception 'fold_event no longer asks whose a delivery is in these words: %', any_salon;
  end if;
  execute replace(pg_get_functiondef(fold), any_salon, 'l.salon_id = event.salon_id');
end;
$$;
