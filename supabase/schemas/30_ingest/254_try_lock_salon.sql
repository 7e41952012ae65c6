-- Called by what must not wait for a batch of a salon: retries, replays, and deliveries that waited.

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
