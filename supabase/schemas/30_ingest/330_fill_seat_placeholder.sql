-- Called by private.match_seat_placeholder.

create function private.fill_seat_placeholder(booking jsonb, key text, old_key text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  placeholder text := (booking ->> 'uid') || '#' || private.booking_seat_id(booking - 'seatId');
begin
  if placeholder = key or private.first_occurred_at(placeholder) is not null then
    return;
  end if;
  if exists (select from public.calendar_event_uids u where u.cal_com_event_id = key) then
    -- The seat returned to the slot before its first delivery arrived, which is this one.
    if old_key is null then
      update public.calendar_event_uids set replaces = key where replaces = placeholder;
      delete from public.calendar_event_uids u
      using public.calendar_event_uids k
      where u.cal_com_event_id = placeholder
        and k.cal_com_event_id = key and k.event_id = u.event_id;
    end if;
    return;
  end if;
  -- A seat that returns to this slot is not necessarily the one that left it.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.cal_com_event_id = placeholder and o.cal_com_event_id = old_key
  ) then
    return;
  end if;
  update public.calendar_event_uids set cal_com_event_id = key where cal_com_event_id = placeholder;
  if found then
    update public.calendar_event_uids set replaces = key where replaces = placeholder;
  end if;
end;
$$;
revoke all on function private.fill_seat_placeholder(jsonb, text, text)
  from public, anon, authenticated;
grant execute on function private.fill_seat_placeholder(jsonb, text, text) to service_role;
comment on function private.fill_seat_placeholder(jsonb, text, text) is
  'Gives a seat placeholder the id of its seat, when the seat appears after the delivery that '
  'moved it away (see find_predecessor).';
