-- Called by private.find_predecessor.

create function private.seat_existed_at(seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(private.first_occurred_at(seat) <= moved_at, true);
end;
$$;
revoke all on function private.seat_existed_at(text, timestamptz) from public, anon, authenticated;
grant execute on function private.seat_existed_at(text, timestamptz) to service_role;
comment on function private.seat_existed_at(text, timestamptz) is
  'Whether a seat may have existed at that time. It did not if all its deliveries are later, as '
  'for a seat that somebody returned to.';
