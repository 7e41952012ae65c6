-- Called first by everything that applies deliveries.

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
      unnest(private.booking_uids(b.booking)) as u (uid)
    order by 1
  ) uids;
end;
$$;
revoke all on function private.lock_bookings(jsonb[]) from public, anon, authenticated;
grant execute on function private.lock_bookings(jsonb[]) to service_role;
comment on function private.lock_bookings(jsonb[]) is
  'Serializes the deliveries of a booking. Otherwise a cancellation without a salon and a '
  'concurrent creation could miss each other. The shared lock on the username does the same for a '
  'salon that is about to get that username. To avoid deadlocks, every transaction locks usernames '
  'first, then bookings in order, then salons.';
