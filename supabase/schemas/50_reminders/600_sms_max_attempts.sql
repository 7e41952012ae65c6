-- Called by the functions of sms_settle that try again.

create function private.sms_max_attempts()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 6;
end;
$$;
revoke all on function private.sms_max_attempts() from public, anon, authenticated;
grant execute on function private.sms_max_attempts() to sms_worker;
comment on function private.sms_max_attempts() is
  'How often a message is tried before it is given up.';
