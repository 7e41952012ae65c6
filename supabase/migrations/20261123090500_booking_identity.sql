-- Which booking and which salon a delivery is about.
-- Objects: private.seat_of, private.event_key, private.first_uid, private.uids_of,
-- private.lock_bookings, private.try_lock_booking, private.find_salon.
-- Destructive: no. Undo: drop these functions.

create function private.seat_of(booking jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    booking ->> 'seatId',
    left(encode(sha256(convert_to(coalesce(booking ->> 'attendeeEmail',
      private.e164(booking ->> 'attendeePhone')), 'UTF8')), 'hex'), 16)
  );
end;
$$;
revoke all on function private.seat_of(jsonb) from public, anon, authenticated;
grant execute on function private.seat_of(jsonb) to service_role;
comment on function private.seat_of(jsonb) is
  'Whose seat: attendeeSeatId, which Cal.com sends since May 2024, else a hash of the attendee.';

create function private.event_key(booking jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if (booking ->> 'seated')::boolean and (booking ->> 'seatId' is not null
    or private.books_a_time(booking ->> 'trigger') and not (booking ->> 'wholeSlot')::boolean) then
    return concat_ws('#', booking ->> 'uid', private.seat_of(booking));
  end if;
  return booking ->> 'uid';
end;
$$;
revoke all on function private.event_key(jsonb) from public, anon, authenticated;
grant execute on function private.event_key(jsonb) to service_role;
comment on function private.event_key(jsonb) is
  'The cal_com_event_id a booking is about: <uid>#<seat> for one seat, <uid> for a plain booking '
  'and for what concerns a whole slot.';

create function private.first_uid(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (booking ->> 'seated')::boolean or (booking ->> 'recurring')::boolean then
    return null;
  end if;
  return case when booking ->> 'rescheduleUid' <> booking ->> 'uid' then
    nullif(substring(booking ->> 'icalUid' from '^(.+)@Cal\.com$'), booking ->> 'uid') end;
end;
$$;
revoke all on function private.first_uid(jsonb) from public, anon, authenticated;
grant execute on function private.first_uid(jsonb) to service_role;
comment on function private.first_uid(jsonb) is
  'The first uid of a rescheduled booking, from its iCalendar UID, so that a chain holds even if '
  'a delivery in the middle of it was lost. Not for a series, whose occurrences may share it.';

create function private.uids_of(booking jsonb)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array_remove(
    array[booking ->> 'uid', booking ->> 'rescheduleUid', private.first_uid(booking)], null);
end;
$$;
revoke all on function private.uids_of(jsonb) from public, anon, authenticated;
grant execute on function private.uids_of(jsonb) to service_role;
comment on function private.uids_of(jsonb) is 'Every uid a delivery is about.';

create function private.lock_bookings(variadic bookings jsonb[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('username ' || hosts.username, 0))
  from (
    select distinct lower(b.booking ->> 'organizerUsername') as username
    from unnest(bookings) as b (booking)
    order by 1
  ) hosts;
  perform pg_advisory_xact_lock(hashtextextended('booking ' || uids.uid, 0))
  from (
    select distinct u.uid
    from unnest(bookings) as b (booking),
      unnest(private.uids_of(b.booking)) as u (uid)
    order by 1
  ) uids;
end;
$$;
revoke all on function private.lock_bookings(jsonb[]) from public, anon, authenticated;
grant execute on function private.lock_bookings(jsonb[]) to service_role;
comment on function private.lock_bookings(jsonb[]) is
  'Deliveries of one booking go one after the other. Without it a cancellation that does not name '
  'its salon, racing with the creation, would miss it and be missed by it; the username''s lock '
  'does the same for a salon that gets its username meanwhile. Usernames, then bookings in their '
  'order, then the salon: whoever keeps to that never waits in a circle.';

create function private.try_lock_booking(booking jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return (
    select bool_and(pg_try_advisory_xact_lock(hashtextextended('booking ' || u.uid, 0)))
    from unnest(private.uids_of(booking)) as u (uid)
  );
end;
$$;
revoke all on function private.try_lock_booking(jsonb) from public, anon, authenticated;
grant execute on function private.try_lock_booking(jsonb) to service_role;
comment on function private.try_lock_booking(jsonb) is
  'For one more booking when the salon''s lock is already held: does not wait, since whoever has '
  'the booking''s lock may be waiting for the salon''s.';

create function private.find_salon(booking jsonb)
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
revoke all on function private.find_salon(jsonb) from public, anon, authenticated;
grant execute on function private.find_salon(jsonb) to service_role;
comment on function private.find_salon(jsonb) is
  'The salon a booking belongs to: by its host, else by the booking if it is known, and only then '
  'by the metadata, which anyone can forge.';
