-- Called where the deliveries of a client are searched.

create function private.may_search_unassigned()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return current_setting('role') <> 'authenticated';
end;
$$;
revoke all on function private.may_search_unassigned() from public, anon, authenticated;
comment on function private.may_search_unassigned() is
  'Whether the caller may search deliveries that belong to no salon yet: not for a member, who '
  'could enter the contact of another salon''s client.';
