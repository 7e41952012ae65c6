-- Called by private.proven_salon and private.belongs_to_other_salon.

create function private.owner_of_booking(uid text, out salon uuid, out event_id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  select e.salon_id, e.id into salon, event_id
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.booking_uid = uid
  order by u.created_at, u.seat_id
  limit 1;
end;
$$;
revoke all on function private.owner_of_booking(text) from public, anon, authenticated;
grant execute on function private.owner_of_booking(text) to service_role;
comment on function private.owner_of_booking(text) is
  'The first appointment that was registered under a uid, and its salon. All seats of a slot '
  'belong to one salon, so what another salon registers later proves nothing.';
