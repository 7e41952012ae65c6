-- Called by everything that works on many bookings of a salon. Deliveries share this lock: see
-- private.lock_for_delivery.

create function private.lock_salon(salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(private.lock_key('salon', salon::text));
end;
$$;
revoke all on function private.lock_salon(uuid) from public, anon, authenticated;
grant execute on function private.lock_salon(uuid) to service_role;
comment on function private.lock_salon(uuid) is
  'Waits for the deliveries of a salon that are being applied, and blocks later ones. For work on '
  'many of its bookings (an erasure, a replay), instead of locking each, because the table of '
  'locks is shared by all salons and has room for some thousands.';
