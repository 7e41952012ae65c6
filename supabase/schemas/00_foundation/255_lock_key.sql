-- Called wherever an advisory lock is taken.

create function private.lock_key(kind text, id text)
returns bigint
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- Not hashtextextended, which can be computed backwards: whoever chooses an id, as each salon's own
  -- webhook does, could choose one with the key of any other lock.
  return ('x' || left(encode(sha256(convert_to(kind || ' ' || id, 'UTF8')), 'hex'), 16))
    ::bit(64)::bigint;
end;
$$;
revoke all on function private.lock_key(text, text) from public, anon, authenticated;
grant execute on function private.lock_key(text, text) to service_role, sms_worker;
comment on function private.lock_key(text, text) is
  'The key of an advisory lock: the first 64 bits of the SHA-256 of what is locked. kind: booking, '
  'salon and so on. id: which one; empty if there is only one.';
