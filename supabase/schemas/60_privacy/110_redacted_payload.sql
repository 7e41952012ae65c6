-- Called wherever a payload is removed.

create function private.redacted_payload(why text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('redacted', why);
$$;
revoke all on function private.redacted_payload(text) from public, anon, authenticated;
grant execute on function private.redacted_payload(text) to service_role;
comment on function private.redacted_payload(text) is
  'What replaces a removed webhook_logs.payload. why: retention or erasure.';
