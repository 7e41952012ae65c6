-- Called where the address of an erased person is replaced or recognized.

create function private.erased_email()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'erased@erased.invalid';
end;
$$;
revoke all on function private.erased_email() from public, anon, authenticated;
grant execute on function private.erased_email() to service_role;
comment on function private.erased_email() is
  'Replaces the address of an erased person in webhook_logs.booking, so that a no-show still finds '
  'its appointment. It is never stored in calendar_events.';
