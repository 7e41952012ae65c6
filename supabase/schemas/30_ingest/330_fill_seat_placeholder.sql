-- Called by private.match_seat_placeholder.

create function private.fill_seat_placeholder(
  uid text, seat text, placeholder text, old_uid text, old_seat text
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.calendar_event_uids u where u.booking_uid = uid and u.seat_id = seat
  ) then
    -- The seat returned to the slot before its first delivery arrived, which is this one.
    delete from public.calendar_event_uids u
    using public.calendar_event_uids k
    where old_uid is null and u.booking_uid = uid and u.seat_id = placeholder
      and k.booking_uid = uid and k.seat_id = seat and k.event_id = u.event_id;
    if not found then
      return false;
    end if;
    update public.calendar_event_uids u set replaced_seat_id = seat
    where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
    return true;
  end if;
  -- A seat that returns to this slot is not necessarily the one that left it.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.booking_uid = uid and u.seat_id = placeholder
      and o.booking_uid = old_uid and o.seat_id = old_seat
  ) then
    return false;
  end if;
  update public.calendar_event_uids u set seat_id = seat
  where u.booking_uid = uid and u.seat_id = placeholder;
  update public.calendar_event_uids u set replaced_seat_id = seat
  where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
  return true;
end;
$$;
revoke all on function private.fill_seat_placeholder(text, text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.fill_seat_placeholder(text, text, text, text, text)
  to service_role;
comment on function private.fill_seat_placeholder(text, text, text, text, text) is
  'Gives a seat placeholder of a slot the id of its seat, when the seat appears after the delivery '
  'that moved it away (see find_predecessor). False if the placeholder is of another seat. old_uid, '
  'old_seat: what the seat replaces.';
