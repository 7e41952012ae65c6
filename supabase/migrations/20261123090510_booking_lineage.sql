-- Which visit a booking is: Cal.com gives a rescheduled booking a new uid.
-- Objects: private.was_there, private.find_predecessor, private.adopt_unseen_seat, private.number_generations,
-- private.merge_events, private.claim_event, private.follow_slot_moves.
-- Destructive: no. Undo: drop these functions.

create function private.was_there(seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((
    select min(l.occurred_at) <= moved_at
    from public.webhook_logs l where l.cal_com_event_id = seat
  ), true);
end;
$$;
revoke all on function private.was_there(text, timestamptz) from public, anon, authenticated;
grant execute on function private.was_there(text, timestamptz) to service_role;
comment on function private.was_there(text, timestamptz) is
  'Whether a seat may have been left at that time: not if all that is known of it is later, as of '
  'one that somebody came back to.';

create function private.find_predecessor(booking jsonb, salon uuid, moved_at timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  old_uid text := booking ->> 'rescheduleUid';
  keys text[];
begin
  if old_uid is null or old_uid = booking ->> 'uid' then
    return null;
  end if;
  if not (booking ->> 'seated')::boolean then
    return old_uid;
  end if;
  -- A seat that moves into a slot that exists keeps its seat id; one that moves to a free time
  -- gets a new one, and only the attendee tells which it was. Where it came back to is not where
  -- it came from.
  if exists (
    select from public.calendar_event_uids u
    where u.cal_com_event_id = old_uid || '#' || private.seat_of(booking)
      and private.was_there(u.cal_com_event_id, moved_at)
  ) then
    return old_uid || '#' || private.seat_of(booking);
  end if;
  keys := array(
    select u.cal_com_event_id
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where u.booking_uid = old_uid and private.was_there(u.cal_com_event_id, moved_at)
      and private.is_same_person(e.attendee_email, e.attendee_phone,
        booking ->> 'attendeeEmail', booking ->> 'attendeePhone')
    limit 2
  );
  return case
    when cardinality(keys) = 1 then keys[1]
    else old_uid || '#' || private.seat_of(booking - 'seatId')
  end;
end;
$$;
revoke all on function private.find_predecessor(jsonb, uuid, timestamptz) from public, anon, authenticated;
grant execute on function private.find_predecessor(jsonb, uuid, timestamptz) to service_role;
comment on function private.find_predecessor(jsonb, uuid, timestamptz) is
  'The id a visit had before this reschedule; null if it is none. For a seat that is not known '
  'yet, an id made of the attendee, by which the seat finds the visit when it appears.';

create function private.adopt_unseen_seat(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  unseen text := (booking ->> 'uid') || '#' || private.seat_of(booking - 'seatId');
begin
  if unseen = key
    or exists (select from public.webhook_logs l where l.cal_com_event_id = unseen) then
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
revoke all on function private.adopt_unseen_seat(jsonb, text, text) from public, anon, authenticated;
grant execute on function private.adopt_unseen_seat(jsonb, text, text) to service_role;
comment on function private.adopt_unseen_seat(jsonb, text, text) is
  'A seat appears after the delivery that moved it away: it takes the place that was kept for it '
  'under the attendee (see find_predecessor).';

create function private.number_generations(event uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with recursive chain as (
    select u.cal_com_event_id, 0 as generation
    from public.calendar_event_uids u
    where u.event_id = event
      and not exists (
        select from public.calendar_event_uids older
        where older.event_id = event and older.cal_com_event_id = u.replaces)
    union all
    select u.cal_com_event_id, c.generation + 1
    from chain c
    join public.calendar_event_uids u
      on u.event_id = event and u.replaces = c.cal_com_event_id
  )
  update public.calendar_event_uids u
  set generation = c.generation
  from chain c
  where u.cal_com_event_id = c.cal_com_event_id and u.generation <> c.generation;
end;
$$;
revoke all on function private.number_generations(uuid) from public, anon, authenticated;
grant execute on function private.number_generations(uuid) to service_role;
comment on function private.number_generations(uuid) is
  'Counts anew how many reschedules led to each id of a visit, after one became known. Ids that '
  'replace one another in a circle keep the number they have: only seats come back, and those are '
  'ordered by the clock.';

create function private.merge_events(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calendar_event_uids set event_id = kept where event_id = any (merged);
  update public.calendar_events k
  set client_id = m.client_id, pet_id = m.pet_id, link_source = m.link_source
  from public.calendar_events m
  where k.id = kept and k.link_source is distinct from 'manual'
    and m.id = any (merged) and m.link_source = 'manual';
  delete from public.calendar_events where id = any (merged);
end;
$$;
revoke all on function private.merge_events(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_events(uuid, uuid[]) to service_role;
comment on function private.merge_events(uuid, uuid[]) is
  'Two rows turned out to be one visit. All that deliveries said is folded again afterwards; what '
  'a member chose by hand is carried over here.';

create function private.claim_event(
  booking jsonb, key text, salon uuid, happened_at timestamptz
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  old_key text := private.find_predecessor(booking, salon, happened_at);
  first_key text := private.first_uid(booking);
  visits uuid[];
  foreign_salon boolean;
begin
  if (booking ->> 'seated')::boolean then
    perform private.adopt_unseen_seat(booking, key, old_key);
  end if;
  select array_agg(u.event_id order by k.position), bool_or(e.salon_id <> salon)
  into visits, foreign_salon
  from unnest(array[first_key, old_key, key]) with ordinality as k (key, position)
  join public.calendar_event_uids u on u.cal_com_event_id = k.key
  join public.calendar_events e on e.id = u.event_id;
  if foreign_salon then
    return null;
  end if;
  if visits is null then
    visits := array[gen_random_uuid()];
  elsif visits[1] <> any (visits) then
    perform private.merge_events(visits[1], array_remove(visits, visits[1]));
  end if;

  insert into public.calendar_event_uids as u (cal_com_event_id, booking_uid, event_id, replaces)
  select k.key, split_part(k.key, '#', 1), visits[1], k.replaces
  from (values (key, old_key), (old_key, first_key), (first_key, null)) as k (key, replaces)
  where k.key is not null and k.key is distinct from k.replaces
  on conflict on constraint calendar_event_uids_pkey do update set replaces = excluded.replaces
  where u.replaces is null and excluded.replaces is not null;
  if old_key is not null then
    perform private.number_generations(visits[1]);
  end if;
  return visits[1];
end;
$$;
revoke all on function private.claim_event(jsonb, text, uuid, timestamptz) from public, anon, authenticated;
grant execute on function private.claim_event(jsonb, text, uuid, timestamptz) to service_role;
comment on function private.claim_event(jsonb, text, uuid, timestamptz) is
  'The id of the visit; its row is still to be made if the booking is new. A reschedule that '
  'arrives last may show that two rows are one visit: the older keeps its id. Null if another '
  'salon has the booking.';

create function private.follow_slot_moves(event uuid, salon uuid)
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
      and (l.salon_id is null or l.salon_id = salon)
      and not exists (
        select from public.calendar_event_uids later
        where later.event_id = event and later.replaces = u.cal_com_event_id)
    on conflict (cal_com_event_id) do nothing;
    exit when not found;
    perform private.number_generations(event);
  end loop;
end;
$$;
revoke all on function private.follow_slot_moves(uuid, uuid) from public, anon, authenticated;
grant execute on function private.follow_slot_moves(uuid, uuid) to service_role;
comment on function private.follow_slot_moves(uuid, uuid) is
  'A host merged the slot into another: the seat goes with it, also one that appears later.';
