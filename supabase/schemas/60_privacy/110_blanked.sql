-- Called wherever a payload is removed.

create function private.blanked(why text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('blanked', why);
$$;
revoke all on function private.blanked(text) from public, anon, authenticated;
grant execute on function private.blanked(text) to service_role;
comment on function private.blanked(text) is
  'What stands in webhook_logs.payload when the body is gone. why: retention or erasure.';
