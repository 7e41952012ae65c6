-- A salon with a webhook of its own can sign anything in its own name. What it can reach by that is
-- this salon, and nothing that another salon has or that no salon has yet.
-- Objects: column webhook_logs.salon_given, two indexes on webhook_logs; private.is_of_other_salon,
-- private.adopt_waiting, private.first_heard_of; private.apply_booking (the one before is now
-- private.apply_to_salon). Changed: private.find_salon, was_there, adopt_unseen_seat,
-- apply_waiting_bookings, settle_waiting, follow_slot_moves, and one condition of fold_event.
-- Destructive: no. Undo: create the changed functions as they were, drop the new ones.

alter table public.webhook_logs
  add column salon_given boolean not null default false;
comment on column public.webhook_logs.salon_given is
  'The salon is known from whose secret or key the delivery came with. Otherwise it is read from '
  'the booking, as with the secret that all salons share. Where it is given its id comes before the '
  'hash in delivery_key, so that no salon can send first what another is about to.';

create index webhook_logs_of_nobody_uid_idx
  on public.webhook_logs ((booking ->> 'uid'))
  where salon_id is null and status <> 'success';
create index webhook_logs_of_nobody_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where salon_id is null and status <> 'success';

create function private.is_of_other_salon(booking jsonb, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (
        booking ->> 'uid', booking ->> 'rescheduleUid', private.first_uid(booking))
      and e.salon_id <> salon
  );
end;
$$;
revoke all on function private.is_of_other_salon(jsonb, uuid) from public, anon, authenticated;
grant execute on function private.is_of_other_salon(jsonb, uuid) to service_role;
comment on function private.is_of_other_salon(jsonb, uuid) is
  'Whether a booking names a uid that another salon has. All seats of a slot are of one salon.';

create function private.adopt_waiting(booking jsonb, salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  uids text[] := private.uids_of(booking);
begin
  update public.webhook_logs a
  set salon_id = salon
  where a.id in (
    select l.id
    from public.webhook_logs l
    where l.salon_id is null and l.status <> 'success'
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    -- Whoever has it is adopting it, and may be waiting for the salon's lock.
    for update skip locked
  );
end;
$$;
revoke all on function private.adopt_waiting(jsonb, uuid) from public, anon, authenticated;
grant execute on function private.adopt_waiting(jsonb, uuid) to service_role;
comment on function private.adopt_waiting(jsonb, uuid) is
  'What waits without a salon and is about the same booking is this salon''s too. Not where the '
  'salon is given: it could name any uid, and would be told what waits for it.';

alter function private.apply_booking(public.webhook_logs) rename to apply_to_salon;
comment on function private.apply_to_salon(public.webhook_logs) is
  'Applies one logged delivery of a known salon. action: applied, stale, or deferred with a reason: '
  'booking_unknown, other_salon.';

create function private.apply_booking(
  delivery public.webhook_logs,
  out action text, out event_id uuid, out reason text, out salon uuid, out warnings text[]
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.salon_id is null then
    delivery.salon_id := private.find_salon(delivery.booking);
    -- A fold reads the deliveries of its salon only, and so must find this one among them.
    update public.webhook_logs l set salon_id = delivery.salon_id
    where l.id = delivery.id and delivery.salon_id is not null;
  end if;
  if delivery.salon_id is not null then
    if private.is_of_other_salon(delivery.booking, delivery.salon_id) then
      action := 'deferred';
      reason := 'other_salon';
      salon := delivery.salon_id;
      warnings := '{}';
      return;
    end if;
    if not delivery.salon_given then
      perform private.adopt_waiting(delivery.booking, delivery.salon_id);
    end if;
  end if;
  select r.action, r.event_id, r.reason, r.salon, r.warnings
  into action, event_id, reason, salon, warnings
  from private.apply_to_salon(delivery) r;
end;
$$;
revoke all on function private.apply_booking(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_booking(public.webhook_logs) to service_role;
comment on function private.apply_booking(public.webhook_logs) is
  'Applies one logged delivery, if its booking is not another salon''s. action: applied, stale, or '
  'deferred with a reason: salon_not_found, booking_unknown, other_salon.';

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

create or replace function private.adopt_unseen_seat(booking jsonb, key text, old_key text)
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

create or replace function private.find_salon(booking jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is null then
    select e.salon_id into salon
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
      and e.salon_id is not null
      -- A salon's own webhook can name any uid, which proves nothing to deliveries of nobody.
      and (exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = u.cal_com_event_id and l.salon_id = e.salon_id
            and not l.salon_given)
        or not exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = e.cal_com_event_id and l.salon_id = e.salon_id))
    limit 1;
  end if;
  if salon is null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
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
