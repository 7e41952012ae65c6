-- Called by transactions that have already locked other bookings.

create function private.try_lock_booking(booking jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return (
    select bool_and(pg_try_advisory_xact_lock(private.lock_key('booking', u.uid)))
    from unnest(private.booking_uids(booking)) as u (uid)
  );
end;
$$;
revoke all on function private.try_lock_booking(jsonb) from public, anon, authenticated;
grant execute on function private.try_lock_booking(jsonb) to service_role;
comment on function private.try_lock_booking(jsonb) is
  'Locks one more booking for a transaction that already holds others. Does not wait, because '
  'whoever holds that booking may be waiting for one of those. False if somebody holds it.';
