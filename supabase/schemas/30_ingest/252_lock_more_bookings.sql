-- Called where a delivery turns out to be about bookings that it does not mention.

create function private.lock_more_bookings(uids text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from unnest(uids) as u (uid)
    where not pg_try_advisory_xact_lock(private.lock_key('booking', u.uid))) then
    raise exception 'Another booking is being written' using errcode = 'lock_not_available';
  end if;
end;
$$;
revoke all on function private.lock_more_bookings(text[]) from public, anon, authenticated;
grant execute on function private.lock_more_bookings(text[]) to service_role;
comment on function private.lock_more_bookings(text[]) is
  'Locks further bookings for a transaction that already holds others. Does not wait, because '
  'whoever holds them may be waiting for one of those: raises lock_not_available, so that the '
  'delivery is retried.';
