-- Called by private.request_sync and private.sms_ask_for_run.

create function private.start_function(function_name text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if to_regnamespace('net') is null
    or private.job_is_switched_off('barkbook_' || replace(function_name, '-', '_')) then
    return false;
  end if;
  perform private.call_function(function_name);
  return true;
exception
  -- The schedules are not set up yet.
  when no_data_found then
    return false;
  -- What it would be started for is left to its next scheduled run, and must not fail.
  when others then
    raise warning 'The function % cannot be started: %', function_name, sqlerrm;
    return false;
end;
$$;
revoke all on function private.start_function(text) from public, anon, authenticated;
grant execute on function private.start_function(text) to service_role;
comment on function private.start_function(text) is
  'Calls a scheduled function as its job does, after this transaction is committed. False if that '
  'is not set up, or the job is switched off: its next run finds what there is to do. Never fails. '
  'Security definer, because no API role may read the secret in Vault.';
