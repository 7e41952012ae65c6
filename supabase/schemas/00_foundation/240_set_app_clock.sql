-- Called by the functions of the reminder job that take p_now.

create function private.set_app_clock(moment timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('barkbook.app_now', coalesce(moment::text, ''), true);
  return coalesce(moment, now());
end;
$$;
revoke all on function private.set_app_clock(timestamptz) from public, anon, authenticated;
grant execute on function private.set_app_clock(timestamptz) to sms_worker;
comment on function private.set_app_clock(timestamptz) is
  'Sets the time that app_now() returns until the end of the transaction, or resets it if null. '
  'Returns that time.';
