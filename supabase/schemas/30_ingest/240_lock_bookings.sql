-- Called before deliveries are applied, unless their whole salon is locked: see private.lock_salon.

create function private.lock_bookings(variadic bookings jsonb[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  uid text;
  uids text[];
begin
  if cardinality(bookings) = 1 then
    uids := private.booking_uids(bookings[1]);
  else
    uids := array(
      select u.uid from unnest(bookings) as b (booking),
        unnest(private.booking_uids(b.booking)) as u (uid));
  end if;
  if cardinality(uids) > 1 then
    uids := array(select distinct u.uid from unnest(uids) as u (uid) order by u.uid);
  end if;
  foreach uid in array uids loop
    perform pg_advisory_xact_lock(private.lock_key('booking', uid));
  end loop;
end;
$$;
revoke all on function private.lock_bookings(jsonb[]) from public, anon, authenticated;
grant execute on function private.lock_bookings(jsonb[]) to service_role;
comment on function private.lock_bookings(jsonb[]) is
  'Serializes the deliveries of a booking, so that two of them cannot both create its appointment, '
  'nor miss each other. Bookings of one salon do not wait for each other. To avoid deadlocks, '
  'every transaction locks usernames first, then bookings in order, then salons, then rows.';
