-- Called by private.find_predecessor and private.seat_of_person.

create function private.seat_existed_at(uid text, seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    private.first_occurred_at(uid, seat) <= moved_at + 2 * private.stamp_tolerance(), true);
end;
$$;
revoke all on function private.seat_existed_at(text, text, timestamptz)
  from public, anon, authenticated;
grant execute on function private.seat_existed_at(text, text, timestamptz) to service_role;
comment on function private.seat_existed_at(text, text, timestamptz) is
  'Whether a seat may have existed at that time. It did not if all its deliveries are later by '
  'more than private.stamp_tolerance, as for a seat that somebody returned to.';
