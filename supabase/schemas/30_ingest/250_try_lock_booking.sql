-- Called where waiting for a lock could deadlock.

create function private.try_lock_booking(booking jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return (
    select bool_and(pg_try_advisory_xact_lock(hashtextextended('booking ' || u.uid, 0)))
    from unnest(private.booking_uids(booking)) as u (uid)
  );
end;
$$;
revoke all on function private.try_lock_booking(jsonb) from public, anon, authenticated;
grant execute on function private.try_lock_booking(jsonb) to service_role;
comment on function private.try_lock_booking(jsonb) is
  'Locks one more booking while the salon is already locked. Does not wait, because the '
  'transaction that holds the booking may be waiting for the salon.';
