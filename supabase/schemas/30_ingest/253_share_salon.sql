-- Called by what works on one appointment without its booking's lock, such as an answer of its client.

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
