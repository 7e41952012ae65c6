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

create function private.share_salon(salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
end;
$$;
revoke all on function private.share_salon(uuid) from public, anon, authenticated;
grant execute on function private.share_salon(uuid) to service_role;
comment on function private.share_salon(uuid) is
  'Waits for a batch of the salon, such as an erasure, and blocks later ones. For work on one '
  'appointment, before its rows: an erasure locks the client before the appointments, and '
  'whoever writes about an appointment the other way round. Does nothing without a salon.';

create function private.try_lock_salon(salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return salon is null
    or pg_try_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
end;
$$;
revoke all on function private.try_lock_salon(uuid) from public, anon, authenticated;
grant execute on function private.try_lock_salon(uuid) to service_role;
comment on function private.try_lock_salon(uuid) is
  'Shares the lock of a salon without waiting. False if a batch holds it; true without a salon.';
