-- Called by private.find_predecessor.

create function private.was_there(seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(private.first_heard_of(seat) <= moved_at, true);
end;
$$;
revoke all on function private.was_there(text, timestamptz) from public, anon, authenticated;
grant execute on function private.was_there(text, timestamptz) to service_role;
comment on function private.was_there(text, timestamptz) is
  'Whether a seat may have been left at that time: not if all that is known of it is later, as of '
  'one that somebody came back to.';
