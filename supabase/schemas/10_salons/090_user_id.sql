-- Called by policies instead of auth.uid(), which is an SQL function: Postgres parses it again for
-- every query that it plans.

create function private.user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return auth.uid();
end;
$$;
revoke all on function private.user_id() from public, anon;
grant execute on function private.user_id() to authenticated;
comment on function private.user_id() is 'The signed-in user, for policies.';
