-- Called by private.request_sync.

create function private.start_sync()
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if to_regnamespace('net') is not null then
    perform private.call_function('calcom-sync');
  end if;
exception
  -- The schedules are not set up yet: the scheduled run finds the request.
  when no_data_found then
    null;
end;
$$;
revoke all on function private.start_sync() from public, anon, authenticated;
grant execute on function private.start_sync() to service_role;
comment on function private.start_sync() is
  'Calls functions/calcom-sync, after this transaction is committed. Security definer, because no '
  'API role may read the secret in Vault.';
