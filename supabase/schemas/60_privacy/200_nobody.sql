-- Called where the address of an erased person is replaced or recognized.

create function private.nobody()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'erased@erased.invalid';
end;
$$;
revoke all on function private.nobody() from public, anon, authenticated;
grant execute on function private.nobody() to service_role;
comment on function private.nobody() is
  'Stands in webhook_logs.booking for the address of a person who was erased, so that a no-show '
  'still meets the visit it is about. It never gets into calendar_events.';
