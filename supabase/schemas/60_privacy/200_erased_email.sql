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
  'Stands in webhook_logs.booking for the address of a person who was erased, so that a no-show '
  'still meets the appointment it is about. It never gets into calendar_events.';
